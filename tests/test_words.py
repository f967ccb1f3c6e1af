"""One word for one thing, in names, docstrings and messages; and every module says first what it knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for path in (ROOT / "grader").rglob("*.py") if path.read_bytes().strip())
PAGES = sorted(
    path for room in ("grader", "exercises") for path in (ROOT / room).rglob("*.md") if ".zh" not in path.name
)


@dataclass(frozen=True)
class Banned:
    """A word that is not said, what is said instead, in which places, and what else it can mean there."""

    word: str
    instead: str
    places: tuple[str, ...] = ("grader/", "exercises/")
    exempt: str = r"(?!)"


TELLING = ("grader/course/", "grader/cli/", "grader/suite/", "grader/grading/", "grader/report/", "grader/model/")

# Only the sense of the glossary's entry is banned. So some words are looked for only where that sense could be meant
# (a `job` is a parameter of ex03 and ex15, `tasks` of ex10, a starter of processes is no stub), and names of the
# standard library, of /proc and of IntakeProblem are exempt.
BANNED = (
    Banned("problem", "exercise", ("grader/course/", "grader/suite/", "grader/schedule/", "exercises/")),
    Banned(
        "task",
        "exercise",
        (*TELLING, "grader/diagnosis/", "exercises/"),
        r"(?i)task[_-]?done|tasks?_queue|unfinished_tasks|\btasks\b",
    ),
    Banned("assignment", "exercise", exempt=r"assignments? (=|statement)"),
    Banned("starter", "stub", TELLING),
    Banned("skeleton", "stub"),
    Banned("testcase", "check"),
    Banned("test case", "check"),
    Banned("question", "check", TELLING),
    Banned("upload", "submission"),
    Banned("job", "attempt", ("grader/cli/", "grader/course/", "grader/grading/", "grader/model/", "grader/sandbox/")),
    Banned("feedback", "hint"),
)


@dataclass(frozen=True)
class Said:
    """A name or a text, and where it stands."""

    path: Path
    line: int
    words: str

    @cached_property
    def plain(self) -> str:
        """The words in lower case and apart."""
        return in_plain_words(self.words)

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.words[:90]!r}"


@cache
def names_and_texts(path: Path) -> tuple[Said, ...]:
    """Everything that a person reads in a module: names it makes, docstrings, sentences."""
    return tuple(_said_in(path))


def _said_in(path: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield Said(path, node.lineno, node.name)
            case ast.arg():
                yield Said(path, node.lineno, node.arg)
            case ast.Name(ctx=ast.Store()):
                yield Said(path, node.lineno, node.id)
            case ast.Constant(value=str() as text) if " " in text:
                for number, line in enumerate(text.splitlines()):
                    yield Said(path, node.lineno + number, line)


@cache
def lines_of(path: Path) -> tuple[Said, ...]:
    """The lines of a page."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Said(path, number, line) for number, line in enumerate(lines, start=1))


def in_plain_words(text: str) -> str:
    """A name or sentence in lower case, its words apart: `taskQueue` and `task_queue` are "task queue"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).lower()


def says(said: Said, banned: Banned) -> bool:
    """Whether a banned word stands there in the banned sense."""
    if banned.word.split()[0] not in said.plain:
        return False  # quick: most lines
    found = re.search(rf"\b{banned.word}s?\b", said.plain)
    return found is not None and re.search(banned.exempt, said.words) is None


@pytest.mark.parametrize("banned", BANNED, ids=lambda banned: banned.word)
def test_banned_word_is_not_said(banned: Banned) -> None:
    """Each thing has one name; the glossary says which."""

    def meant(path: Path) -> bool:
        return path.relative_to(ROOT).as_posix().startswith(banned.places)

    said = [found for path in MODULES if meant(path) for found in names_and_texts(path)]
    said += [found for path in PAGES if meant(path) for found in lines_of(path)]

    assert [str(found) for found in said if says(found, banned)] == [], f"say {banned.instead!r}"


def test_first_line_of_every_module_is_a_sentence() -> None:
    """A reader knows from the first line what a module knows; empty `__init__` files know nothing."""
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path.read_bytes().strip()]
    paths = [*MODULES, *(path for path in tests if "programs" not in path.parts)]  # those are submissions

    assert [str(path.relative_to(ROOT)) for path in paths if not _begins_with_a_sentence(path)] == []


def _begins_with_a_sentence(path: Path) -> bool:
    docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
    first = docstring.partition("\n")[0]
    return re.fullmatch(r".*[^.][.:。]", first) is not None and not re.search(r"[a-z]\. ", first)
