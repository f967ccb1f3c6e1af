"""What the pages tell a reader to type can be typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from grader.cli.main import COMMANDS, front
from grader.course.find import exercise_folders
from grader.course.read import read_exercise
from grader.course.texts import read_text

ROOT = Path(__file__).parents[1]
PAGES = [path for path in sorted(ROOT.glob("**/README*.md")) if not {".venv", "venv", "build"}.intersection(path.parts)]
FENCE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
MODULE = re.compile(r"python -m (tests\.[\w.]+)")


@dataclass(frozen=True)
class Typed:
    """One `grade` command of a page."""

    page: Path
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}: grade {' '.join(self.words)}"


def typed() -> Iterator[Typed]:
    """Every `grade` command of a `console` block: after the prompt, alone or behind `&&`."""
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            for line in (line.removeprefix("$ ") for line in lines if line.startswith("$ ")):
                for part in re.split(r"&&|;|\|", line):
                    words = shlex.split(part, comments=True)
                    if words and Path(words[0]).name == "grade":
                        yield Typed(page, tuple(words[1:]))


@pytest.mark.parametrize("command", list(typed()), ids=str)
def test_command_of_a_page_exists(command: Typed) -> None:
    """The command and each option of it; what is no command is the name of an exercise of the course."""
    name = next((word for word in command.words if word in COMMANDS), "run")
    known = front.get_command(click.Context(front), name)
    assert known is not None
    options = {option for one in (*known.params, *front.params) for option in (*one.opts, *one.secondary_opts)}
    used = {word.partition("=")[0] for word in command.words if word.startswith("-")}

    assert used - {"--help", "-h"} <= options
    begun = {other.words[1][:4] for other in typed() if other.page == command.page and other.words[:1] == ("new",)}
    exercises = {word[:4] for word in command.words if re.fullmatch(r"ex\d\d\w*", word)} - begun
    assert all(list((ROOT / "exercises").glob(f"{word}_*")) for word in exercises)


def test_every_module_that_a_page_tells_to_run_is_there() -> None:
    """`python -m tests.benchmarks.comparison` and its like."""
    named = {name for page in PAGES for name in MODULE.findall(page.read_text(encoding="utf-8"))}

    assert len(named) > 1
    assert [name for name in named if not (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()] == []


def test_prompt_stands_before_what_is_typed() -> None:
    """In a `console` block, output and commands can be told apart."""
    blocks = [(page, block) for page in PAGES for block in FENCE.findall(page.read_text(encoding="utf-8"))]

    assert [str(page) for page, block in blocks if not block.startswith("$ ")] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """What README tells a newcomer to type is what decides whether a change lands."""
    commands = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    tests = next(command for command in commands if "pytest" in command).removeprefix("$ ").strip()

    assert tests in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


def test_the_text_of_an_exercise_bears_the_title_that_its_list_has() -> None:
    """Who reads a title in `grade list` finds it again above the text, in both languages."""
    others = []
    for folder in exercise_folders(ROOT / "exercises"):
        exercise = read_exercise(folder)
        for language in ("en", "zh"):
            first = read_text(folder, language).splitlines()[0]
            others += [first] if first != f"# {exercise.id} · {exercise.title.in_(language)}" else []

    assert others == []
