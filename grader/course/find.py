"""Where the exercises lie, and which one a word on the command line means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.course.nearest import nearest
from grader.course.read import read_course
from grader.errors import GraderFault, UsageError
from grader.model.message import Message, say, several

PACKAGE = Path(__file__).parents[1]


def content_root(asked: Path | None, environment: Mapping[str, str], *, package: Path = PACKAGE) -> Path:
    """The folder of the exercises: `--content`, `$GRADE_CONTENT`, the checkout around us, or what the wheel brought."""
    if asked is not None:
        return _must_be_course(asked, "--content")
    if named := environment.get("GRADE_CONTENT", ""):
        return _must_be_course(Path(named), "$GRADE_CONTENT")
    checkout = package.parent
    if (checkout / "exercises").is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / "exercises"
    if (package / "_content").is_dir():
        return package / "_content"
    raise GraderFault(say("no exercises came with this installation"), hint=say("name their folder with --content DIR"))


def exercise_folders(root: Path) -> tuple[Path, ...]:
    """The folders of all exercises in teaching order."""
    return tuple(root / name for name in read_course(root).exercises)


def find_exercise(root: Path, word: str, *, also: Iterable[str] = ()) -> Path:
    """The folder of the exercise that `word` means: `ex03`, `ex03_lock`, `3`; `also`: what else it may be near to."""
    folders = exercise_folders(root)
    wanted = word.lower().rstrip("/")
    if re.fullmatch(r"\d{1,2}", wanted, flags=re.ASCII):
        wanted = f"ex{int(wanted):02}"
    for folder in folders:
        if wanted in {folder.name, folder.name.partition("_")[0]}:
            return folder
    names = [name for folder in folders for name in (folder.name.partition("_")[0], folder.name)]
    raise _unknown(word, names, tuple(also))


def _unknown(word: str, names: list[str], also: tuple[str, ...]) -> UsageError:
    numbered = re.fullmatch(r"ex\W?0*(\d{1,2})\W*", word.lower(), flags=re.ASCII)
    meant = f"ex{int(numbered[1]):02}" if numbered else ""
    near = meant if meant in names else nearest(word.lower(), [*names, *also])
    if near:
        hint = say("did you mean {name}?", name=near)
    else:
        hint = say("the exercises are: {names}", **several("names", names[::2]))
    template = "there is no exercise or command {word}" if also else "there is no exercise {word}"
    return UsageError(Message(template=template, values={"word": repr(word)}), hint=hint)


def _must_be_course(folder: Path, source: str) -> Path:
    if (folder / "course.toml").is_file():
        return folder
    inner = folder / "exercises"
    way_out = say("name the folder that has course.toml")
    if (inner / "course.toml").is_file():
        way_out = say("did you mean {name}?", name=str(inner))
    raise UsageError(
        say("{source} is {folder}, where there is no course.toml", source=source, folder=str(folder)), hint=way_out
    )
