"""From all that was handed in to grades: which file counts, what lateness costs, what a human has set.

A file that was graded again counts as graded last. For each student the exercises are taken in teaching order; at each
the file counts that the policy names, and its late days are taken from those that are free as long as any are left.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.model.attempt import Verdict
from grader.model.grade import Adjustment, Counts, Entry, Grade, Move, Policy, Student
from grader.model.message import Message, Words, say
from grader.texts import within

DAY = 24 * 60 * 60.0
MOST_NAMED = 3  # checks that came out otherwise
MARKED = 1  # how many days late a file is of which the platform only says that it is late
Place = tuple[str, str]  # student, exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All that a grade depends on besides the attempt; `order` is the teaching order of the exercises' ids.

    `names` are those of students who may have handed in nothing.
    """

    policy: Policy
    order: Sequence[str]
    adjustments: Sequence[Adjustment] = ()
    students: Mapping[str, Student] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def decide(entries: Iterable[Entry], rules: Rules) -> tuple[Grade, ...]:
    """One grade for each student and exercise with an entry or points set by a human; by name, student, exercise."""
    places: dict[Place, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.number):
        places.setdefault((entry.student, entry.exercise), []).append(entry)
    adjusted = {(one.student, one.exercise): one for one in rules.adjustments}
    for student, exercise in adjusted.keys() - places.keys():  # handed in on paper
        places[student, exercise] = [Entry.nothing(student, rules.names.get(student, student), exercise)]
    rank = {exercise: number for number, exercise in enumerate(rules.order)}
    free: dict[str, int] = {}
    grades = []
    for student, exercise in sorted(places, key=lambda place: (rank.get(place[1], len(rank)), place)):
        left = free.setdefault(student, _free_days(student, rules))
        worth = [_worth(entry, left, rules.policy) for entry in _files(places[student, exercise])]
        grade = _counting(worth, rules.policy)
        free[student] = left - (grade.days - grade.charged)
        grades.append(_with_adjustment(grade, adjusted.get((student, exercise))))
    return tuple(sorted(grades, key=lambda grade: (grade.entry.name, grade.student, rank.get(grade.exercise, 0))))


def moves(before: Sequence[Grade], after: Sequence[Grade], titles: Mapping[tuple[str, str], Words]) -> tuple[Move, ...]:
    """The grades that differ, with the reasons; a student or an exercise may be in one of them only.

    `titles` of checks are by exercise and check; one that the course has no more is called by its name.
    """
    olds, news = ({(one.student, one.exercise): one for one in grades} for grades in (before, after))
    found = []
    for place in sorted({*olds, *news}, key=lambda place: (place[1], place[0])):
        old, new = olds.get(place), news.get(place)
        was, now = (one.final if one else None for one in (old, new))
        if was != now or (old is None) != (new is None):
            shown = new or old
            assert shown is not None
            found.append(
                Move(
                    student=shown.student,
                    name=shown.entry.name,
                    exercise=shown.exercise,
                    before=was,
                    after=now,
                    reasons=tuple(_reasons(old, new, titles)),
                )
            )
    return tuple(found)


def _free_days(student: str, rules: Rules) -> int:
    known = (rules.students or {}).get(student)
    return rules.policy.late_days if known is None or known.late_days is None else known.late_days


def _files(entries: Sequence[Entry]) -> list[Entry]:
    """Each file once, as it was graded last; in the order in which they were handed in."""
    newest = {entry.digest: entry for entry in entries}
    found = sorted(newest.values(), key=lambda entry: entry.number)
    if all(entry.handed_in_at is not None for entry in found):
        found.sort(key=lambda entry: entry.handed_in_at or 0.0)
    return found


def _worth(entry: Entry, free: int, policy: Policy) -> Grade:
    """What the entry would come to if it counted."""
    days = _days_late(entry, policy)
    charged = max(0, days - max(0, free))
    points = entry.points
    if points is None:
        return Grade(entry=entry, days=days, charged=charged)
    too_late = policy.late_most is not None and days > policy.late_most
    penalty = points if too_late else round(min(points, points * policy.late_penalty * charged), 2)
    return Grade(entry=entry, days=days, charged=charged, penalty=penalty, final=round(points - penalty, 2))


def _days_late(entry: Entry, policy: Policy) -> int:
    """Days begun after the deadline; where no time is known, the platform's mark counts as one."""
    deadline = policy.deadlines.get(entry.exercise)
    if entry.handed_in_at is None or deadline is None:
        return MARKED if entry.late else 0
    return max(0, math.ceil((entry.handed_in_at - deadline.timestamp()) / DAY))


def _counting(worth: Sequence[Grade], policy: Policy) -> Grade:
    if policy.counts is Counts.LAST:
        return worth[-1]
    # Of files worth the same the one that costs fewer days, then the newer one.
    numbered = enumerate(worth)
    return max(numbered, key=lambda pair: (-1.0 if pair[1].final is None else pair[1].final, -pair[1].days, pair[0]))[1]


def _with_adjustment(grade: Grade, made: Adjustment | None) -> Grade:
    if made is None:
        return grade
    return Grade(
        entry=grade.entry,
        days=grade.days,
        charged=grade.charged,
        penalty=grade.penalty,
        adjustment=made,
        overtaken=_overtaken(grade.entry, made),
        final=made.points,
    )


def _overtaken(entry: Entry, made: Adjustment) -> Message | None:
    """What the human who set the points could not have seen: other points, or none; not the same result once more."""
    if entry.plan_key == made.plan_key or entry.points == made.earned:
        return None
    return say(
        "{by} set {points} points when the grader gave {before}; it gives {now} now. The {points} points stand:"
        " `grade adjust` confirms or changes them.",
        by=made.by,
        points=f"{made.points:g}",
        before=_points(made.earned),
        now=_points(entry.points),
    )


def _reasons(old: Grade | None, new: Grade | None, titles: Mapping[tuple[str, str], Words]) -> Iterable[Message]:
    if old is None or new is None:
        yield say("not in the first run") if old is None else say("not in the second run")
        return
    if old.entry.digest != new.entry.digest:
        yield say("another file counts")
    if old.adjustment != new.adjustment:
        yield say("a human has set the points")
    if (old.days, old.charged) != (new.days, new.charged):
        yield say("days late: {before}, now {now}", before=old.days, now=new.days)
    yield from _changed_checks(old.entry, new.entry, titles)
    versions = [(one.entry.document or {}).get("versions", {}) for one in (old, new)]
    if versions[0].get("exercise") != versions[1].get("exercise"):
        yield say("the exercise was changed")
    if versions[0].get("grader") != versions[1].get("grader"):
        yield say("another version of the grader")


def _changed_checks(old: Entry, new: Entry, titles: Mapping[tuple[str, str], Words]) -> Iterable[Message]:
    if Verdict.NOT_GRADED in {old.verdict, new.verdict}:
        yield say("graded in one of them only")
        return
    before, after = (
        {check["id"]: check["outcome"] for check in (one.document or {}).get("checks", ())} for one in (old, new)
    )
    every = [*before, *(one for one in after if one not in before)]
    changed = [check for check in every if before.get(check) != after.get(check)]
    if len(changed) > MOST_NAMED:
        yield say("{count} of {all} checks came out otherwise", count=len(changed), all=len(every))
        return
    for check in changed:
        was, now = (str(of.get(check, "-")).replace("_", " ") for of in (before, after))
        title = titles.get((new.exercise, check), Words(en=check, zh=check))
        named = {"check": title.in_("en"), "check_zh": title.in_("zh")}
        yield say("{check}: {before}, now {now}", **named, **within("before", was), **within("now", now))


def _points(points: float | None) -> str:
    return "-" if points is None else f"{points:g}"
