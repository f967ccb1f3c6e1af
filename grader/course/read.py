"""What the author of an exercise or of a course declared, read from its TOML file."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from grader.course.digest import digest_of
from grader.errors import CourseError
from grader.model.exercise import Check, Exercise, Limits, Platform, StartMethod, Visibility
from grader.model.grade import Counts, Policy
from grader.model.message import Message, Words, say
from grader.texts import why

FORMAT = 1
POINTS_PER_EXERCISE = 10
LANGUAGES = ("en", "zh")

Declared = TypeVar("Declared", bound=msgspec.Struct)


class WordsTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A text in both languages of the course."""

    en: str
    zh: str


class LimitsTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`[limits]`: what differs from `model.exercise.Limits`, in seconds and bytes."""

    wall: float = Limits().wall
    cpu: float = Limits().cpu
    memory: int = Limits().memory
    processes: int = Limits().processes
    output_bytes: int = Limits().output_bytes
    disk_bytes: int = Limits().disk_bytes


class CheckTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One `[[check]]`."""

    id: str
    functions: tuple[str, ...]
    points: float
    title: WordsTable
    goal: WordsTable
    next_step: WordsTable
    needs: tuple[str, ...] = ()
    visibility: Visibility = Visibility.SHOWN


class ExerciseTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """All of `exercise.toml`."""

    format: int
    id: str
    topics: tuple[str, ...]
    functions: tuple[str, ...]
    start_methods: tuple[StartMethod, ...]
    platforms: tuple[Platform, ...]
    title: WordsTable
    check: tuple[CheckTable, ...]
    limits: LimitsTable = LimitsTable()


class PolicyTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[policy]`: how points become grades; see `model.grade.Policy`."""

    counts: Counts = Counts.LAST
    late_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    late_penalty: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    late_most: Annotated[int, msgspec.Meta(ge=0)] | None = None


class ClassTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """All of `class.toml`, which lies beside a gradebook: the two tables of `course.toml` that differ by class."""

    policy: PolicyTable = PolicyTable()
    deadlines: dict[str, dt.datetime] = {}


class CourseTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """All of `course.toml`; `exercises` are names of folders, in teaching order."""

    format: int
    title: WordsTable
    languages: tuple[str, ...]
    exercises: tuple[str, ...]
    policy: PolicyTable = PolicyTable()
    deadlines: dict[str, dt.datetime] = {}


def read_exercise(folder: Path) -> Exercise:
    """The exercise that lies in `folder`, or a CourseError that names file and key."""
    path = folder / "exercise.toml"
    table = _read(path, ExerciseTable)
    _examine_exercise(path, table)
    for check in table.check:
        _examine_check(path, table, check)
    _examine_points(path, table)
    return Exercise(
        id=table.id,
        slug=folder.name,
        title=_words(table.title),
        functions=table.functions,
        checks=tuple(_check(check) for check in table.check),
        limits=Limits(**msgspec.structs.asdict(table.limits)),
        start_methods=table.start_methods,
        platforms=table.platforms,
        topics=table.topics,
        folder=folder,
        digest=digest_of(folder),
    )


def read_course(root: Path) -> CourseTable:
    """The course whose exercises lie in `root`."""
    path = root / "course.toml"
    table = _read(path, CourseTable)
    for language in table.languages:
        if language not in LANGUAGES:
            raise CourseError(
                say("{path}: {key} has {name}", path=str(path), key="languages", name=repr(language)),
                hint=say("use en and zh"),
            )
    _refuse_twins(path, "exercises", table.exercises)
    for name in table.exercises:
        if not (root / name / "exercise.toml").is_file():
            missing = f"{name}/exercise.toml"
            raise CourseError(
                say(
                    "{path}: {key} has {name}, but {missing} does not exist",
                    path=str(path),
                    key="exercises",
                    name=repr(name),
                    missing=missing,
                ),
                hint=say("begin it with `grade new {name}`, or take it out of the list", name=name),
            )
    if not table.exercises:
        raise CourseError(
            say("{path}: {key} is empty", path=str(path), key="exercises"),
            hint=say("name the folders of the exercises in teaching order"),
        )
    _policy(path, table, exercise_ids(table))
    return table


def exercise_ids(course: CourseTable) -> tuple[str, ...]:
    """The ids of the exercises, in teaching order."""
    return tuple(name.partition("_")[0] for name in course.exercises)


def read_policy(root: Path, beside: Path) -> Policy:
    """How points become grades in a class: as `class.toml` in the folder `beside` says, else as the course does."""
    course = read_course(root)
    path = beside / "class.toml"
    if path.exists():
        return _policy(path, _read(path, ClassTable), exercise_ids(course))
    return _policy(root / "course.toml", course, exercise_ids(course))


def _policy(path: Path, table: ClassTable | CourseTable, exercises: tuple[str, ...]) -> Policy:
    for exercise, moment in table.deadlines.items():
        if exercise not in exercises:
            raise CourseError(
                say("{path}: deadlines has {name}, which is no exercise", path=str(path), name=repr(exercise)),
                hint=_did_you_mean(exercise, exercises),
            )
        if moment.tzinfo is None:
            line = f"{exercise} = {moment.isoformat()}+01:00"
            raise CourseError(
                say("{path}: {key} does not say in which time zone", path=str(path), key=f"deadlines.{exercise}"),
                hint=say("write it with its zone: {line}", line=line),
            )
    return Policy(**msgspec.structs.asdict(table.policy), deadlines=table.deadlines)


def _read(path: Path, shape: type[Declared]) -> Declared:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(
            say("{path} cannot be read: {reason}", path=str(path), **why(error)),
            hint=say("is it there, and yours to read?"),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(
            say("{path} is not TOML: {reason}", path=str(path), reason=str(error)),
            hint=say("mend the syntax: https://toml.io"),
        ) from error
    if data.get("format", FORMAT) != FORMAT:
        raise CourseError(
            say("{path}: {key} is {value}", path=str(path), key="format", value=repr(data["format"])),
            hint=say("this grader reads format = {number}", number=FORMAT),
        )
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise _explain(path, shape, str(error)) from error


def _explain(path: Path, shape: type[msgspec.Struct], complaint: str) -> CourseError:
    """Msgspec names the key and its table; we add the file and the key that was probably meant."""
    what, _, place = complaint.partition(" - at ")
    place = place.strip("`") or "$"
    where = place.removeprefix("$").removeprefix(".")
    missing = re.match(r"Object missing required field `([^`]*)`", what)
    unknown = re.match(r"Object contains unknown field `([^`]*)`", what)
    if missing:
        template = "{path}: {key} is missing in {where}" if where else "{path}: {key} is missing"
        said = Message(template=template, values={"path": str(path), "key": repr(missing[1]), "where": where})
        return CourseError(said, hint=say("add it"))
    if not unknown:
        template = "{path}: {where}: {reason}" if where else "{path}: all of it: {reason}"
        said = Message(template=template, values={"path": str(path), "where": where, "reason": what})
        return CourseError(said, hint=say("exercises/README.md says what stands there"))
    key, known = unknown[1], _keys_at(shape, place)
    near = difflib.get_close_matches(key, known, n=1)
    keys = say("the keys are: {keys}", keys=", ".join(known))
    template = "{path}: unknown key {key} in {where}" if where else "{path}: unknown key {key}"
    return CourseError(
        Message(template=template, values={"path": str(path), "key": repr(key), "where": where}),
        hint=say("did you mean {name}?", name=repr(near[0])) if near else keys,
    )


def _keys_at(shape: type[msgspec.Struct], place: str) -> tuple[str, ...]:
    tables: dict[str, type[msgspec.Struct]] = {"check": CheckTable, "limits": LimitsTable, "policy": PolicyTable}
    words = re.findall(r"[a-z_]+", place)
    at = tables.get(words[-1], WordsTable) if words else shape
    return tuple(field.encode_name for field in msgspec.structs.fields(at))


def _examine_exercise(path: Path, table: ExerciseTable) -> None:
    folder = path.parent.name
    if not re.fullmatch(r"ex\d\d", table.id):
        raise CourseError(
            say("{path}: {key} is {value}", path=str(path), key="id", value=repr(table.id)),
            hint=say("an id is `ex` and two digits"),
        )
    if not re.fullmatch(rf"{table.id}_[a-z0-9_]+", folder):
        raise CourseError(
            say("{path}: id is {value} in the folder {folder}", path=str(path), value=repr(table.id), folder=folder),
            hint=say("call it {name}", name=f"{table.id}_..."),
        )
    lists = ("functions", table.functions), ("start_methods", table.start_methods), ("platforms", table.platforms)
    for key, names in lists:
        if not names:
            raise CourseError(say("{path}: {key} is empty", path=str(path), key=key), hint=say("name at least one"))
        _refuse_twins(path, key, names)
    _refuse_twins(path, "check.id", tuple(check.id for check in table.check))
    for limit, value in msgspec.structs.asdict(table.limits).items():
        if value <= 0:
            raise CourseError(
                say("{path}: {key} is {value}", path=str(path), key=f"limits.{limit}", value=str(value)),
                hint=say("a limit is greater than 0"),
            )


def _examine_check(path: Path, table: ExerciseTable, check: CheckTable) -> None:
    key = f"check {check.id!r}"
    if not check.id.isidentifier():
        raise CourseError(
            say("{path}: {key} has an id that cannot name a function", path=str(path), key=key),
            hint=say("use letters, digits and _"),
        )
    for function in check.functions:
        if function not in table.functions:
            wrong = repr(function)
            raise CourseError(
                say("{path}: {key} is about {name}, which is not in functions", path=str(path), key=key, name=wrong),
                hint=_did_you_mean(function, table.functions),
            )
    earlier = [other.id for other in table.check[: table.check.index(check)]]
    for need in check.needs:
        if need not in earlier:
            wrong = repr(need)
            raise CourseError(
                say(
                    "{path}: {key} needs {name}, which is no check declared before it",
                    path=str(path),
                    key=key,
                    name=wrong,
                ),
                hint=_did_you_mean(need, earlier),
            )
    if not check.functions:
        raise CourseError(
            say("{path}: {key} is about no function", path=str(path), key=key),
            hint=say("name those of functions that it examines"),
        )
    if check.points <= 0:
        raise CourseError(
            say("{path}: {key} has {points} points", path=str(path), key=key, points=f"{check.points:g}"),
            hint=say("points are greater than 0"),
        )


def _examine_points(path: Path, table: ExerciseTable) -> None:
    total = sum(check.points for check in table.check)
    if abs(total - POINTS_PER_EXERCISE) > 1e-9:
        raise CourseError(
            say("{path}: check.points sum to {points}", path=str(path), points=f"{total:g}"),
            hint=say("the points of an exercise sum to {points}", points=POINTS_PER_EXERCISE),
        )


def _refuse_twins(path: Path, key: str, names: tuple[str, ...]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise CourseError(
                say("{path}: {key} has {name} twice", path=str(path), key=key, name=repr(name)),
                hint=say("name it once"),
            )


def _did_you_mean(word: str, known: tuple[str, ...] | list[str]) -> Message:
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return say("did you mean {name}?", name=repr(near[0]))
    return say("there are: {names}", names=", ".join(known)) if known else say("there is none yet")


def _words(table: WordsTable) -> Words:
    return Words(en=table.en, zh=table.zh)


def _check(table: CheckTable) -> Check:
    return Check(
        id=table.id,
        title=_words(table.title),
        functions=table.functions,
        points=table.points,
        goal=_words(table.goal),
        next_step=_words(table.next_step),
        needs=table.needs,
        visibility=table.visibility,
    )
