"""Points put into the table that an instructor exported from Canvas or Moodle, to be imported there again.

Only the cells of points change. Who is who is decided by ids, never by names; what does not match is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.errors import UsageError
from grader.model.exercise import Exercise
from grader.model.message import Message, say, several
from grader.report.csv_patch import Table
from grader.texts import within

# As the systems call them; Moodle's in the languages of `grade` and of its largest neighbours.
CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
MOODLE_IDS = ("Identifier", "标识符", "编号", "ID number", "学号", "Email address", "电子邮件地址", "Username")
NAMES = ("Student", "Full name", "姓名", "全名")
MOODLE_POINTS = ("Grade", "成绩", "分数", "Bewertung", "Note", "Calificación", "Valutazione")
MOODLE_MOST = ("Maximum grade", "最高成绩", "最高分", "最大成绩", "Bestwertung", "Note maximale")
MOODLE_OPEN = ("Grade can be changed", "成绩可以更改", "可以更改成绩", "Bewertung kann geändert werden")
NO = ("no", "否", "nein", "non")
EXCUSED = ("EX", "N/A")
PARTICIPANT = re.compile(r"^\D+(\d+)$")
POINTS_POSSIBLE = "    Points Possible"
ASSIGNED = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What goes where: student -> exercise -> points, None where there is no grade; `roster` is empty without one.

    `unclear` says what a human has to look at first, by student and exercise.
    """

    of: Mapping[str, Mapping[str, float | None]]
    most: Mapping[str, float]
    unclear: Mapping[tuple[str, str], Message] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    roster: frozenset[str] = frozenset()

    def who(self, student: str, known: str = "") -> str:
        """With the name, ours or else the one `known` from the table."""
        name = self.names.get(student, "") or known
        return f"{name} ({student})" if name and name != student else student


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The table filled in: the new file, how many cells it has from us, how many held something else before."""

    content: bytes
    written: int
    changed: int
    left: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column for the points of an exercise; they are multiplied with `factor`, written with a `comma`."""

    exercise: str
    at: int
    factor: float
    comma: bool


def fill_canvas(
    table: Table, points: Points, exercises: Sequence[Exercise], wishes: Mapping[str, str], *, scale: bool | None
) -> Filled:
    """A gradebook exported from Canvas. `wishes` name the column of an exercise where its title does not."""
    head = [cell.value.strip() for cell in table.rows[0]]
    if "Student" not in head and "LastName" not in head:
        raise _not_from("Canvas", "Student")
    first = next((row for row in range(1, len(table.rows)) if table.value(row, 0) == POINTS_POSSIBLE), 0)
    columns = [
        _column(one.id, at, table, table.value(first, at), (points, scale))
        for one in exercises
        if (at := _canvas_column(head, one, wishes.get(one.id))) is not None
    ]
    if not columns:
        titles = several("titles", [title for title in head if ASSIGNED.search(title)] or ["-"])
        raise UsageError(
            say("no column is about an exercise of this run"),
            hint=say("name it, like --column ex03='Locks (4711)'; there are: {titles}", **titles),
        )
    rows = _rows_by_id(table, range(first + 1, len(table.rows)), CANVAS_IDS, points)
    return _filled(table, points, columns, rows, _open)


def fill_moodle(table: Table, points: Points, exercise: str, *, scale: bool | None) -> Filled:
    """A grading worksheet exported from Moodle, which is about one exercise."""
    head = [cell.value.strip() for cell in table.rows[0]]
    at = next((head.index(name) for name in MOODLE_POINTS if name in head), None)
    if at is None or not any(name in head for name in MOODLE_IDS):
        raise _not_from("Moodle", "Identifier, Grade")
    rows = range(1, len(table.rows))
    most = next((head.index(name) for name in MOODLE_MOST if name in head), None)
    possible = table.value(rows.start, most) if most is not None and len(table.rows) > 1 else ""
    column = _column(exercise, at, table, possible, (points, scale))
    locked = next((head.index(name) for name in MOODLE_OPEN if name in head), None)

    def is_open(row: int, _column: int) -> bool:
        return locked is None or table.value(row, locked).strip().lower() not in NO

    return _filled(table, points, [column], _rows_by_id(table, rows, MOODLE_IDS, points), is_open)


def _open(_row: int, _column: int) -> bool:
    return True


def _canvas_column(head: Sequence[str], exercise: Exercise, wish: str | None) -> int | None:
    """The column that was wished for, or the only one whose title names the exercise."""
    if wish is not None:
        if wish not in head:
            raise UsageError(
                say("there is no column {title}", title=repr(wish)),
                hint=say("there are: {titles}", **several("titles", head)),
            )
        return head.index(wish)
    names = {exercise.id, exercise.slug, *filter(None, (exercise.title.en.lower(), exercise.title.zh))}
    pattern = re.compile("|".join(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" for name in names))
    found = [at for at, title in enumerate(head) if ASSIGNED.search(title) and pattern.search(title.lower())]
    if len(found) > 1:
        titles = several("titles", [head[at] for at in found])
        raise UsageError(
            say("several columns name {exercise}: {titles}", exercise=exercise.id, **titles),
            hint=say("choose one, like --column {exercise}={title}", exercise=exercise.id, title=repr(head[found[0]])),
        )
    return found[0] if found else None


def _column(exercise: str, at: int, table: Table, possible: str, how: tuple[Points, bool | None]) -> Column:
    """`possible` is the most that the table gives, as it is written there; raises UsageError if it is not ours."""
    (points, scale), most = how, _number(possible)
    ours = points.most[exercise]
    if scale is None and most not in {None, ours}:
        raise UsageError(
            say(
                "{exercise} has {most} points here and {possible} there",
                exercise=exercise,
                most=f"{ours:g}",
                possible=possible.strip(),
            ),
            hint=say("--scale converts the points, --no-scale writes them as they are"),
        )
    # A decimal comma where its system writes one: between semicolons, or in its own numbers.
    comma = table.separator == ";" or "," in possible
    return Column(exercise=exercise, at=at, factor=most / ours if scale and most else 1.0, comma=comma)


def _rows_by_id(table: Table, rows: range, ids: Sequence[str], points: Points) -> dict[str, int]:
    """Student -> row, by the first column of ids in which any student of the run stands."""
    head = [cell.value.strip() for cell in table.rows[0]]
    for name in ids:
        if name not in head:
            continue
        found: dict[str, int] = {}
        for row in rows:
            told = table.value(row, head.index(name)).strip()
            participant = PARTICIPANT.match(told)
            student = told if told in points.of or participant is None else participant[1]
            if student:
                if student in found:
                    twice = say(
                        "{id} is there twice, in rows {first} and {second}",
                        id=told,
                        first=found[student] + 1,
                        second=row + 1,
                    )
                    raise UsageError(twice, hint=say("take one of them out"))
                found[student] = row
        if found.keys() & points.of.keys():
            return found
    known = several("ids", [name for name in ids if name in head])
    raise UsageError(
        say("no student of the run is in the table"),
        hint=say("is it of this class? students are known by: {ids}", **known),
    )


def _filled(
    table: Table,
    points: Points,
    columns: Sequence[Column],
    rows: Mapping[str, int],
    is_open: Callable[[int, int], bool],
) -> Filled:
    changes: dict[tuple[int, int], str] = {}
    changed = 0
    left: list[Message] = []
    for column in columns:
        for student, row in rows.items():
            who = points.who(student, _name_in(table, row))
            before = table.value(row, column.at).strip()
            final = points.of.get(student, {}).get(column.exercise)
            if final is None:
                left.append(_without_points(points, student, column.exercise, who))
            elif before.upper() in EXCUSED or column.at >= len(table.rows[row]) or not is_open(row, column.at):
                about = {"student": who, "exercise": column.exercise}
                left.append(say("{student}, {exercise}: the table says that it is not to be changed", **about))
            else:
                told = round(final * column.factor, 2)
                changes[row, column.at] = f"{told:g}".replace(".", "," if column.comma else ".")
                changed += before != "" and _number(before) != told
    left += [
        say("{student} is not in the table", student=points.who(student))
        for student in dict.fromkeys([*points.of, *(student for student, _ in points.unclear)])
        if student not in rows
    ]
    return Filled(content=table.patched(changes), written=len(changes), changed=changed, left=tuple(left))


def _name_in(table: Table, row: int) -> str:
    head = [cell.value.strip() for cell in table.rows[0]]
    return next((table.value(row, head.index(name)).strip() for name in NAMES if name in head), "")


def _without_points(points: Points, student: str, exercise: str, who: str) -> Message:
    if exercise in points.of.get(student, {}):
        return say("{student}, {exercise}: there is no grade yet", student=who, exercise=exercise)
    if why := points.unclear.get((student, exercise)):
        return say("{student}, {exercise}: needs a human: {why}", student=who, exercise=exercise, **within("why", why))
    if points.roster and student not in points.roster and student not in points.of:
        return say(
            "{student}, {exercise}: nothing was handed in, and the roster has nobody of that id",
            student=who,
            exercise=exercise,
        )
    return say("{student}, {exercise}: nothing was handed in", student=who, exercise=exercise)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _not_from(system: str, headings: str) -> UsageError:
    return UsageError(
        say("the table is not as {system} exports it", system=system),
        hint=say("its first line should have: {headings}", headings=headings),
    )
