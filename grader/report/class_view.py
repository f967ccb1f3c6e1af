"""What an instructor sees of a class, or, without names, what a class may see of itself; said and safe to print."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime

from grader.model.attempt import Outcome, Verdict
from grader.model.class_facts import ENOUGH, Alike, Distribution, Flaky, Mistake
from grader.model.grade import Counts, Grade, NeedsHuman
from grader.report.class_parts import Cell, Chart, ClassView, Column, Hard, Known, Lesson, Line, Need, Pair, Person
from grader.report.excerpt import cut_out
from grader.report.explanation import parts_of
from grader.report.nameless import LEFT, nameless
from grader.report.sanitise import Clean, clean, clean_line
from grader.report.wording import outcome_word, points_text, verdict_word
from grader.texts import Speaker, listed, speaker, translate

HARDEST = 15
COMMON = 8
SLOWEST = 10
MOST_LINKS = 40
LEAST_SHARED = 2  # students, for a mistake to be worth a lesson
TELLS_LITTLE = 0.1


def class_view(known: Known, language: str) -> ClassView:
    """The page, with names or with numbers in their place."""
    page = _Page(known, language)
    lines = page.lines()
    return ClassView(
        language=language,
        title=clean_line(known.title.in_(language)),
        facts=page.facts(),
        policy=page.policy(),
        needs=page.needs(),
        open_needs=len(known.needs_human),
        columns=page.columns(),
        lines=lines,
        legend=page.legend(lines),
        hardest=page.hardest(),
        enough=ENOUGH,
        decided=bool(known.difficulties),
        lessons=page.lessons(),
        charts=page.charts(),
        flaky=page.flaky(),
        repeated=known.repeated,
        pairs=None if known.alike is None else tuple(page.pair(one) for one in known.alike),
        runs=page.runs(),
        log=page.log(),
        slowest=page.slowest(),
        anonymous=known.pseudonyms is not None,
    )


class _Page:
    """One page in the making: each part asks who may be named."""

    def __init__(self, known: Known, language: str) -> None:
        self._known = known
        self._language = language
        self._: Speaker = speaker(language)
        self._named = known.pseudonyms is None
        self._names = known.people
        ids = {grade.exercise for grade in (*known.grades, *known.gaps)}
        listed = [exercise.id for exercise in known.exercises if exercise.id in ids]
        self._ids = [*listed, *sorted(ids - {*listed})]
        self._most = {exercise.id: exercise.max_points for exercise in known.exercises}
        self._flaky = {(one.student, one.exercise) for one in known.flaky}
        self._grades = {(grade.student, grade.exercise): grade for grade in (*known.grades, *known.gaps)}

    def person(self, student: str) -> Person:
        """As the page calls that student."""
        if self._known.pseudonyms is not None:
            number = self._known.pseudonyms.get(student)
            told = self._("student {number}", number=f"{number:03}") if number is not None else LEFT
            return Person(name=clean_line(told), id=Clean(""))
        name = self._names.get(student, student)
        return Person(name=clean_line(name), id=clean_line(student) if name != student else Clean(""))

    def who(self, student: str) -> Clean:
        """The same in one text."""
        person = self.person(student)
        return clean_line(f"{person.name} ({person.id})" if person.id else person.name)

    def columns(self) -> tuple[Column, ...]:
        exercises = {exercise.id: exercise for exercise in self._known.exercises}
        found = []
        for one in self._ids:
            exercise = exercises.get(one)
            title = exercise.title.in_(self._language) if exercise else ""
            most = points_text(exercise.max_points) if exercise else ""
            found.append(Column(id=clean_line(one), title=clean_line(title), most=most))
        return tuple(found)

    def facts(self) -> tuple[tuple[str, str], ...]:
        grades = self._known.grades
        finals = [grade.final for grade in grades if grade.final is not None]
        counts = Counter(grade.entry.verdict for grade in grades if grade.entry.is_file)
        words = {one: translate(verdict_word(one), self._language) for one in Verdict if counts[one]}
        told = [f"{counts[one]}\N{NO-BREAK SPACE}{word}" for one, word in words.items()]
        silent = ((self._("Of them handed in nothing"), str(self._known.silent)),) if self._known.silent else ()
        return (
            (self._("Students"), str(len(self._names))),
            *silent,
            (self._("Exercises"), str(len(self._ids))),
            (self._("Points on average"), f"{sum(finals) / len(finals):.1f}" if finals else "-"),
            # The long one is last: it goes on in its own column.
            (self._("Files"), listed(told, self._language) or "-"),
        )

    def policy(self) -> tuple[str, ...]:
        policy = self._known.policy
        best = policy.counts is Counts.BEST
        told = [self._("Of several files the best counts.") if best else self._("Of several files the last counts.")]
        if policy.late_penalty or policy.late_most is not None or policy.late_days:
            share = f"{policy.late_penalty * 100:g}"
            told.append(
                self._(
                    "Late days that are free: {days}; each further day costs {share} % of the points.",
                    days=policy.late_days,
                    share=share,
                )
            )
        if self._known.timeless:
            told.append(self._("Files whose hand-in time is not known: {count}.", count=self._known.timeless))
        if policy.late_most is not None:
            told.append(self._("Days after which nothing counts: {days}.", days=policy.late_most))
        return tuple(told)

    def needs(self) -> tuple[Need, ...]:
        """What was said once comes first: it is the most particular. Nothing without names, which is for the class."""
        if not self._named:
            return ()
        about: dict[Clean, list[tuple[Clean, Clean, str]]] = {}
        for one in self._known.needs_human:
            about.setdefault(clean(translate(one.message, self._language)), []).append(self._about(one))
        found = [Need(sentence=sentence, about=tuple(sorted(whom))) for sentence, whom in about.items()]
        return tuple(sorted(found, key=lambda need: len(need.about)))

    def _about(self, one: NeedsHuman) -> tuple[Clean, Clean, str]:
        who = clean_line(one.name if one.name == one.student else f"{one.name} ({one.student})")
        exercise = one.exercise or ""
        return who, clean_line(exercise), self._link(one.student, exercise)

    def _link(self, student: str, exercise: str) -> str:
        return self._known.link(student, exercise) if self._named else ""

    def lines(self) -> tuple[Line, ...]:
        needing = {one.student for one in self._known.needs_human if self._named}
        order = sorted(self._names, key=lambda student: (self.person(student).name, student))
        return tuple(self._line(student, needs=student in needing) for student in order)

    def _line(self, student: str, *, needs: bool) -> Line:
        grades = [grade for one in self._ids if (grade := self._grades.get((student, one)))]
        finals = [grade.final for grade in grades if grade.final is not None]
        return Line(
            who=self.person(student),
            cells=tuple(self._cell(student, one) for one in self._ids),
            total=points_text(math.fsum(finals) if finals else None),
            needs=needs,
        )

    def _cell(self, student: str, exercise: str) -> Cell:
        grade = self._grades.get((student, exercise))
        if grade is None or not (grade.entry.is_file or grade.adjustment or grade.unclear):
            return Cell(state="absent", points="", marks="", link="")
        if grade.final is None and not grade.entry.is_file:
            return Cell(state="unclear", points="?", marks="", link="#needs" if self._named else "")
        marks = [
            ("L", grade.days > 0 or grade.entry.late),
            ("*", grade.adjustment is not None),
            ("!", grade.overtaken is not None),
            ("~", (student, exercise) in self._flaky),
            ("?", grade.unclear is not None),
        ]
        return Cell(
            state=_state(grade, self._most.get(exercise, 0.0)),
            points=points_text(grade.final),
            marks="".join(mark for mark, there in marks if there),
            link=self._link(student, exercise),
        )

    def legend(self, lines: tuple[Line, ...]) -> tuple[tuple[str, str], ...]:
        shown = {mark for line in lines for cell in line.cells for mark in cell.marks}
        words = (
            ("L", self._("late")),
            ("*", self._("points set by a human")),
            ("!", self._("graded again since, with other points")),
            ("~", self._("did not come out the same each time")),
            ("?", self._("there is more that needs a human")),
        )
        return tuple((mark, told) for mark, told in words if mark in shown)

    def hardest(self) -> tuple[Hard, ...]:
        return tuple(
            Hard(
                exercise=clean_line(one.exercise),
                title=clean_line(one.title.in_(self._language)),
                passed=f"{one.passed} / {one.decided}",
                share=round(100 * one.share),
                tells="-" if one.discrimination is None else f"{one.discrimination:+.2f}",
                odd=one.discrimination is not None and one.discrimination < TELLS_LITTLE,
            )
            for one in self._known.difficulties[:HARDEST]
            if one.passed < one.decided
        )

    def lessons(self) -> tuple[Lesson, ...]:
        shared = [one for one in self._known.mistakes if len(one.students) >= LEAST_SHARED]
        return tuple(self._lesson(one) for one in shared[:COMMON])

    def _lesson(self, one: Mistake) -> Lesson:
        known, names = self._known, [*self._names, *self._names.values()]
        text = nameless(known.source(one.example), names) if one.lines else ""
        page = known.explain(one.code, self._language)
        title = page.partition("\n")[0].removeprefix("# ") if page.startswith("# ") else one.title
        links = [(f"{self.who(student)}, {exercise}", self._link(student, exercise)) for student, exercise in one.seen]
        links = [pair for pair in links if pair[1]]
        return Lesson(
            code=clean_line(one.code),
            title=clean_line(title),
            students=len(one.students),
            exercises=clean_line(listed(one.exercises, self._language)),
            excerpt=cut_out(text, f"{one.example_exercise}.py", {line: Clean("") for line in one.lines}),
            parts=parts_of(page),
            links=tuple((clean_line(told), link) for told, link in links[:MOST_LINKS]),
            more=max(0, len(links) - MOST_LINKS),
        )

    def charts(self) -> tuple[Chart, ...]:
        return tuple(self._chart(one) for one in self._known.distributions)

    def _chart(self, one: Distribution) -> Chart:
        highest = max(one.bins) or 1
        sentence = self._(
            "average {mean}, median {median}, {without} without a grade",
            mean=f"{one.mean:.1f}",
            median=points_text(one.median),
            without=len(self._names) - sum(one.bins),
        )
        bars = tuple((points, count, count / highest) for points, count in enumerate(one.bins))
        return Chart(exercise=clean_line(one.exercise), bars=bars, sentence=sentence)

    def flaky(self) -> tuple[tuple[Clean, Clean, Clean], ...]:
        rows = ((self.who(one.student), clean_line(one.exercise), self._outcomes(one)) for one in self._known.flaky)
        return tuple(sorted(rows))  # the order of the gradebook is that of the names

    def _outcomes(self, one: Flaky) -> Clean:
        told = []
        for check, outcomes in one.outcomes:
            counts = listed((f"{count} x {self._outcome(outcome)}" for outcome, count in outcomes), self._language)
            told.append(f"{check}: {counts}")
        return clean_line(translate("; ", self._language).join(told))

    def _outcome(self, outcome: str) -> str:
        return translate(outcome_word(Outcome(outcome)), self._language)

    def pair(self, one: Alike) -> Pair:
        first, second = (listed(map(self.who, side), self._language) for side in (one.first, one.second))
        (a, b), (c, d) = one.lines
        return Pair(
            exercise=clean_line(one.exercise),
            first=clean_line(first),
            second=clean_line(second),
            share=round(100 * one.share),
            where=clean_line(self._("lines {first} and {second}", first=f"{a}-{b}", second=f"{c}-{d}")),
            links=(self._link(one.first[0], one.exercise), self._link(one.second[0], one.exercise)),
        )

    def runs(self) -> tuple[tuple[Clean, ...], ...]:
        counts = Counter(entry.run for entry in self._known.entries)
        return tuple(
            tuple(
                clean_line(text, width=120)
                for text in (
                    str(run.id),
                    datetime.fromtimestamp(run.started_at, UTC).strftime("%Y-%m-%d %H:%M UTC"),
                    run.source if self._named else LEFT,
                    run.layout,
                    str(run.seed) if self._named else LEFT,  # students know the seed of their own attempt
                    str(counts[run.id]),
                )
            )
            for run in self._known.runs
        )

    def log(self) -> tuple[tuple[str, Clean], ...]:
        documents = [*{entry.plan_key: entry.document for entry in self._known.entries if entry.document}.values()]
        told = {
            self._("Graded with"): [f"grader {one['versions']['grader']}" for one in documents],
            self._("Python"): [one["versions"]["python"] for one in documents],
            self._("Isolation"): [one["isolation"]["level"] for one in documents],
        }
        rows = [(label, clean_line(", ".join(sorted(set(values))))) for label, values in told.items() if values]
        seconds = math.fsum(one["duration_s"] for one in documents)
        rows.append((self._("Time of all attempts"), clean_line(f"{seconds / 60:.1f} min")))
        return tuple(rows)

    def slowest(self) -> tuple[tuple[Clean, Clean, Clean, str], ...]:
        met = {(one.student, one.plan_key): one for one in self._known.entries}  # in several runs
        timed = [(entry.document["duration_s"], entry) for entry in met.values() if entry.document]
        timed.sort(key=lambda pair: -pair[0])
        return tuple(
            (
                self.who(entry.student),
                clean_line(entry.exercise),
                clean_line(f"{seconds:.1f} s"),
                self._link(entry.student, entry.exercise),
            )
            for seconds, entry in timed[:SLOWEST]
        )


def _state(grade: Grade, most: float) -> str:
    """The class of a cell in the style sheet; `most` points are to be had today."""
    if grade.final is None:
        return "open"
    most = (grade.entry.document or {}).get("max_points", most)
    if grade.entry.verdict is Verdict.UNGRADABLE and grade.adjustment is None:
        return "ungradable"
    if grade.final >= most:
        return "full"
    return "part" if grade.final > 0 else "none"
