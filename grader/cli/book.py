"""The gradebook as commands name it (`grades`, or `grades@2` for the state after its second run), and what it holds."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cli.choose import root_of
from grader.cli.classes import strangers
from grader.cli.options import Settings
from grader.course.read import exercise_ids, read_course, read_policy
from grader.errors import UsageError
from grader.gradebook.policy import Rules, decide
from grader.gradebook.store import Store
from grader.model.attempt import Verdict
from grader.model.grade import Document, Entry, Grade, NeedsHuman, Policy, Run, Student
from grader.model.message import Message, say, several

GRADEBOOK = "gradebook.db"
WHERE = re.compile(r"(?P<folder>.+?)(?:@(?P<run>\d+))?$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that is known of a class after a run; `repeats` are the attempts of plans that were tried more than once.

    `unclear` is what intake left to humans, `needs_human` that and all else that they have to look at.
    """

    folder: Path
    run: Run
    runs: tuple[Run, ...]
    policy: Policy
    entries: tuple[Entry, ...]
    grades: tuple[Grade, ...]
    repeats: Mapping[str, tuple[Document, ...]]
    unclear: tuple[NeedsHuman, ...]
    needs_human: tuple[NeedsHuman, ...]
    roster: Mapping[str, Student]
    newest: bool

    def beside(self, name: str) -> Path:
        """Where a file about this state lies: an earlier one never takes the place of today's."""
        stem, dot, ending = name.rpartition(".")
        return self.folder / (name if self.newest else f"{stem}@{self.run.id}{dot}{ending}")

    @property
    def names(self) -> Mapping[str, str]:
        """Everybody of whom anything is known: the roster, who handed in, whose files a human has to look at."""
        return _names(self.needs_human, self.roster) | {one.student: one.entry.name for one in self.grades}

    @property
    def exercises(self) -> frozenset[str]:
        """Those of which there is a grade, or a file that a human has to look at."""
        unclear = {one.exercise for one in self.unclear if one.exercise}
        return frozenset(unclear | {one.exercise for one in self.grades})

    @property
    def gaps(self) -> tuple[Grade, ...]:
        """What has no grade: of whoever is in the roster, and of others where a human has to look first."""
        there = {(one.student, one.exercise) for one in self.grades}
        needs, exercises = _by_place(self.unclear), sorted(self.exercises)
        return tuple(
            Grade(entry=Entry.nothing(student, name, exercise), unclear=why)
            for student, name in sorted(_names(self.unclear, self.roster).items(), key=lambda pair: (pair[1], pair[0]))
            for exercise in exercises
            for why in [needs.get((student, exercise)) or needs.get((student, None))]
            if (student, exercise) not in there and (why or student in self.roster)
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """Names of those in the roster of whom nothing has come, not even something that a human has to look at."""
        heard_of = {one.student for one in self.entries} | {one.student for one in self.needs_human}
        return tuple(sorted(one.name or one.id for one in self.roster.values() if one.id not in heard_of))

    @property
    def timeless(self) -> int:
        """How many of the files that count have a deadline, but no time at which they were handed in."""
        return sum(
            one.exercise in self.policy.deadlines and one.entry.is_file and one.entry.handed_in_at is None
            for one in self.grades
        )

    def latest(self, run: Run) -> tuple[Entry, ...]:
        """The last file of each student and exercise in that run itself, by name, student and exercise."""
        mine = {(one.student, one.exercise): one for one in self.entries if one.run == run.id}
        return tuple(sorted(mine.values(), key=lambda one: (one.name, one.student, one.exercise)))


@contextlib.contextmanager
def gradebook_at(where: str) -> Iterator[tuple[Store, Path, Run]]:
    """The gradebook, its folder and the run that `where` means; raises UsageError that says what would be right."""
    # `grades@2` may also be the name of a folder.
    whole = Path(where)
    named = None if (whole / GRADEBOOK).is_file() else WHERE.match(where)
    folder = Path(named["folder"]) if named else whole
    if folder.name == GRADEBOOK:
        folder = folder.parent
    if not (folder / GRADEBOOK).is_file():
        raise UsageError(
            say("there is no gradebook in {folder}", folder=str(folder)),
            hint=say("name the folder that `grade batch` wrote (--out), like: grades, or grades@2 for its second run"),
        )
    with Store(folder / GRADEBOOK) as store:
        runs = store.runs()
        wanted = int(named["run"]) if named and named["run"] else None
        run = next((one for one in reversed(runs) if wanted in {None, one.id}), None)
        if run is None:
            raise UsageError(
                say("{folder} has no run {run}", folder=str(folder), run=wanted if wanted is not None else 1),
                hint=say(
                    "its runs are: {runs}; the next begins when `grade batch` finds other files, or with --fresh",
                    **several("runs", [str(one.id) for one in runs] or ["-"]),
                ),
            )
        yield store, folder, run


def read_book(
    store: Store, folder: Path, run: Run, settings: Settings, faults: Mapping[tuple[str, str], str] | None = None
) -> Book:
    """The grades after the run, under the policy of the class; `faults` say why what has no attempt has none."""
    root = root_of(settings)
    policy = read_policy(root, folder)
    roster = store.students()
    unclear = store.left_to_humans(run)
    rules = Rules(
        policy=policy,
        order=exercise_ids(read_course(root)),
        adjustments=store.adjustments(),
        students=roster,
        names=_names(unclear, roster),
    )
    entries = store.entries(run)
    grades = _with_unclear(decide(entries, rules), unclear)
    repeats = {key: store.repeats(key) for key in store.repeated()}
    runs = store.runs()
    return Book(
        folder=folder,
        run=run,
        newest=run == runs[-1],
        runs=tuple(one for one in runs if one.id <= run.id),
        policy=policy,
        entries=entries,
        grades=grades,
        repeats=repeats,
        roster=roster,
        unclear=unclear,
        needs_human=(
            *unclear,
            *strangers(_names(unclear, {}) | {one.student: one.entry.name for one in grades}, roster),
            *unsettled(grades, faults or {}, repeats),
        ),
    )


def _by_place(unclear: Sequence[NeedsHuman]) -> dict[tuple[str, str | None], Message]:
    return {(one.student, one.exercise): one.message for one in unclear}


def _with_unclear(grades: Sequence[Grade], unclear: Sequence[NeedsHuman]) -> tuple[Grade, ...]:
    """The grades, each with what is unclear about newer files, or about all where a human has set the points."""
    needs = _by_place(unclear)
    return tuple(
        dataclasses.replace(
            one,
            unclear=needs.get((one.student, one.exercise))
            or (None if one.entry.is_file else needs.get((one.student, None))),
        )
        for one in grades
    )


def _names(unclear: Sequence[NeedsHuman], roster: Mapping[str, Student]) -> dict[str, str]:
    return {one.student: one.name for one in unclear} | {one.id: one.name or one.id for one in roster.values()}


def unsettled(
    grades: Sequence[Grade], faults: Mapping[tuple[str, str], str], repeats: Mapping[str, Sequence[Document]]
) -> list[NeedsHuman]:
    """What has no grade, whose points a human has set before they changed, and what came out differently again."""
    found = []
    for grade in grades:
        entry = grade.entry
        messages = [grade.overtaken] if grade.overtaken else []
        if grade.adjustment is None and entry.verdict is Verdict.NOT_GRADED:
            why = faults.get((entry.student, entry.exercise), "")
            said = say("not graded, by a fault of the grader; run the same command again. {reason}", reason=why)
            messages.append(said)
        elif grade.adjustment is None and entry.verdict is Verdict.INCONCLUSIVE:
            messages.append(
                say("inconclusive: nothing was seen to be wrong, but there is not enough evidence for a pass")
            )
        verdicts = Counter(str(one["verdict"]) for one in repeats.get(entry.plan_key, ()))
        if len(verdicts) > 1:
            told = ", ".join(f"{count} x {verdict}" for verdict, count in verdicts.most_common())
            messages.append(say("did not come out the same each time: {verdicts}", verdicts=told))
        found += [
            NeedsHuman(student=entry.student, name=entry.name, exercise=entry.exercise, message=message)
            for message in messages
        ]
    return found
