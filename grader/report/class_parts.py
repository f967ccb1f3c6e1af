"""The parts of the page about a class: what it is made of, and what it shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.model.class_facts import Alike, Difficulty, Distribution, Flaky, Mistake
from grader.model.exercise import Exercise
from grader.model.grade import Entry, Grade, NeedsHuman, Policy, Run
from grader.model.message import Words
from grader.report.excerpt import Excerpt
from grader.report.explanation import Part
from grader.report.sanitise import Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the page is made of. `link` is where the report of (student, exercise) lies, "" if nowhere.

    `pseudonyms` are numbers by student, None where names may be seen; `alike` is None where nobody asked. `people` has
    the names of all of whom anything is known, by id; of `silent` many of them nothing has come. `gaps` are those
    places without a grade of which it is known why.
    """

    title: Words
    exercises: Sequence[Exercise]
    entries: Sequence[Entry]
    grades: Sequence[Grade]
    gaps: Sequence[Grade]
    needs_human: Sequence[NeedsHuman]
    difficulties: Sequence[Difficulty]
    mistakes: Sequence[Mistake]
    distributions: Sequence[Distribution]
    flaky: Sequence[Flaky]
    repeated: bool
    alike: Sequence[Alike] | None
    runs: Sequence[Run]
    policy: Policy
    link: Callable[[str, str], str]
    source: Callable[[str], str]
    explain: Callable[[str, str], str]
    pseudonyms: Mapping[str, int] | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    silent: int = 0
    timeless: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A student as the page calls one; `id` is empty where the name says it all."""

    name: Clean
    id: Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something for a human to decide, and about whom: (who, exercise, link)."""

    sentence: Clean
    about: tuple[tuple[Clean, Clean, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An exercise in the matrix."""

    id: Clean
    title: Clean
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A grade in the matrix; `state` is a class of the style sheet, `marks` are letters that the legend explains."""

    state: str
    points: str
    marks: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A student in the matrix; `needs` says whether a human has to look."""

    who: Person
    cells: tuple[Cell, ...]
    total: str
    needs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """A check in the list of the hardest; `tells` is its discrimination, `odd` that it tells little."""

    exercise: Clean
    title: Clean
    passed: str
    share: int
    tells: str
    odd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A mistake worth a lesson, with lines that show it, without their author."""

    code: Clean
    title: Clean
    students: int
    exercises: Clean
    excerpt: Excerpt | None
    parts: tuple[Part, ...]
    links: tuple[tuple[Clean, str], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The grades of one exercise: how high each bar stands, in parts of the highest."""

    exercise: Clean
    bars: tuple[tuple[int, int, float], ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two files to be compared by a human."""

    exercise: Clean
    first: Clean
    second: Clean
    share: int
    where: Clean
    links: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """All of the page, in the language of its reader."""

    language: str
    title: Clean
    facts: tuple[tuple[str, str], ...]
    policy: tuple[str, ...]
    needs: tuple[Need, ...]
    open_needs: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...]
    hardest: tuple[Hard, ...]
    enough: int
    decided: bool
    lessons: tuple[Lesson, ...]
    charts: tuple[Chart, ...]
    flaky: tuple[tuple[Clean, Clean, Clean], ...]
    repeated: bool
    pairs: tuple[Pair, ...] | None
    runs: tuple[tuple[Clean, ...], ...]
    log: tuple[tuple[str, Clean], ...]
    slowest: tuple[tuple[Clean, Clean, Clean, str], ...]
    anonymous: bool
