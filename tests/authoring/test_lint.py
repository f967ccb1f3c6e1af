"""Whatever is wrong with a course is named with its file and place, and with the way out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.lint import lint_course, lint_exercises
from grader.cli.main import COMMANDS
from grader.course.find import exercise_folders
from tests.authoring.specimens import TINY

ROOT = Path(__file__).parents[2]
TITLE = '[title]\nen = "Tiny"\nzh = "小练习"'
Spoil = Callable[[Path], object]


def said(root: Path) -> list[str]:
    """All complaints about a course; every one has a way out."""
    found = list(lint_course(root)) or list(lint_exercises(root, exercise_folders(root)))
    assert all(str(one.way_out) for one in found)
    return [f"{one.file.relative_to(root)} {one.place}: {one.what}" for one in found]


def writes(name: str, text: str) -> Spoil:
    """Gives a file of the exercise another text."""
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def replaces(name: str, old: str, new: str) -> Spoil:
    """Changes a text in a file of the exercise."""

    def spoil(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def removes(name: str) -> Spoil:
    """Takes a file of the exercise away."""
    return lambda folder: (folder / name).unlink()


def appends(name: str, text: str) -> Spoil:
    """Writes below what stands in a file of the exercise."""
    return lambda folder: (folder / name).write_text((folder / name).read_text("utf-8") + text, encoding="utf-8")


@pytest.mark.parametrize("root", [ROOT / "exercises", TINY], ids=["ours", "tiny"])
def test_course_that_is_complete_has_no_complaints(root: Path) -> None:
    """Ours is, always."""
    assert said(root) == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (replaces("exercise.toml", 'zh = "小练习"', 'zh = " "'), "exercise.toml title.zh: is empty"),
        (
            replaces("exercise.toml", 'zh = "拒绝文本"', 'zh = ""'),
            "exercise.toml check 'refuses_text' title.zh: is empty",
        ),
        (replaces("exercise.toml", "points = 4", "points = 5"), "exercise.toml : check.points sum to 11"),
        (
            replaces("exercise.toml", 'needs = ["doubles"]', 'needs = ["doublse"]'),
            "exercise.toml : check 'refuses_text' needs 'doublse', which is no check declared before it",
        ),
        (removes("README.zh.md"), "README.zh.md : is missing"),
        (removes("stub.zh.py"), "stub.zh.py : is missing"),
        (writes("stub.zh.py", "def :"), "stub.zh.py : is no Python module"),
        (
            replaces("stub.zh.py", "def add_many(counter, lock, times)", "def add_many(counter, lock, n)"),
            "stub.zh.py 9: is another program than stub.py from here on",
        ),
        (appends("stub.zh.py", "\nMOST = 3\n"), "stub.zh.py {last}: is another program than stub.py from here on"),
        (
            replaces("stub.zh.py", '"""给计数器加 1，共加 `times` 次。"""', ""),
            "stub.zh.py 9: add_many has no docstring",
        ),
        (writes("README.md", "Tiny\n"), "README.md 1: does not begin with a title"),
        (writes("hints.md", "## One\n## Two\n"), "hints.md : has 2 sections that begin with `## `"),
        (appends("README.md", "\nTODO tell more\n"), "README.md {last}: says TODO"),
        (removes("stub.py"), "stub.py : is no Python module"),
        (writes("suite/scenarios.py", "def :"), "suite/scenarios.py : is no Python module"),
        (replaces("stub.py", "def double", "def duble"), "stub.py : has no function double"),
        (
            replaces("exercise.toml", 'id = "keeps_every_addition"', 'id = "keeps_it"'),
            "suite/test_ex90.py : has no function test_keeps_it",
        ),
        (
            appends("suite/test_ex90.py", "\n\ndef test_more():\n    pass\n"),
            "suite/test_ex90.py {-1}: test_more is not declared",
        ),
        (appends("suite/scenarios.py", "\nimport numpy\n"), "suite/scenarios.py {last}: imports numpy"),
        (
            appends("suite/scenarios.py", "\nfrom grader.suite.expect import expect\n"),
            "suite/scenarios.py {last}: imports grader.suite.expect",
        ),
        (
            appends("suite/test_ex90.py", "\nfrom grader.suite import run\n"),
            "suite/test_ex90.py {last}: imports grader.suite",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, spoil: Spoil, complaint: str) -> None:
    """One thing was spoilt; a complaint is about it, in its file and at its place."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    spoil(root / "ex90_tiny")
    file = root / "ex90_tiny" / complaint.split(maxsplit=1)[0]
    lines = len(file.read_text(encoding="utf-8").splitlines()) if file.exists() else 0
    expected = complaint.replace("{last}", str(lines)).replace("{-1}", str(lines - 1))

    assert f"ex90_tiny/{expected}" in said(root)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('"""Twice."""\n    return 0', "double does something"),
        ("raise NotImplementedError", "double has no docstring"),
    ],
)
def test_stub_offers_a_contract_and_nothing_more(tmp_path: Path, body: str, complaint: str) -> None:
    """Each function says what it promises, and does not do it."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    other = 'def add_many(counter, lock, times):\n    """Add."""\n    raise NotImplementedError\n'
    for name in ("stub.py", "stub.zh.py"):
        (root / "ex90_tiny" / name).write_text(f"{other}\n\ndef double(number):\n    {body}\n", encoding="utf-8")

    assert said(root) == [f"ex90_tiny/{name} 6: {complaint}" for name in ("stub.py", "stub.zh.py")]


def test_course_of_one_language_has_one_stub(tmp_path: Path) -> None:
    """A Chinese one that is there all the same is the same program: it would be handed out."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    course = (root / "course.toml").read_text(encoding="utf-8")
    (root / "course.toml").write_text(course.replace('["en", "zh"]', '["en"]'), encoding="utf-8")
    chinese = root / "ex90_tiny" / "stub.zh.py"
    chinese.write_text(chinese.read_text(encoding="utf-8") + "\nMOST = 3\n", encoding="utf-8")
    assert said(root) == ["ex90_tiny/stub.zh.py 13: is another program than stub.py from here on"]

    chinese.unlink()
    assert said(root) == []


def test_line_of_the_suite_is_not_handed_out(tmp_path: Path) -> None:
    """A student who finds the checks in a hint learns nothing else."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    suite = (root / "ex90_tiny" / "suite" / "test_ex90.py").read_text(encoding="utf-8")
    secret = next(line for line in suite.splitlines() if "expect(" in line and len(line.strip()) > 40)
    appends("hints.md", f"\n   {secret.strip()}\n")(root / "ex90_tiny")

    assert [one.partition(": ")[2] for one in said(root)] == ["has a line of test_ex90.py, which students do not see"]


def test_folder_that_the_course_does_not_name_is_found(tmp_path: Path) -> None:
    """An exercise that nobody sees was forgotten."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    shutil.copytree(root / "ex90_tiny", root / "ex91_more")

    assert said(root) == ["course.toml exercises: does not name ex91_more"]


def test_two_exercises_have_two_numbers(tmp_path: Path) -> None:
    """`grade ex90` means one of them."""
    root = Path(shutil.copytree(TINY, tmp_path / "course"))
    shutil.copytree(root / "ex90_tiny", root / "ex90_more")
    course = (root / "course.toml").read_text(encoding="utf-8")
    (root / "course.toml").write_text(course.replace('"ex90_tiny"', '"ex90_tiny", "ex90_more"'), encoding="utf-8")

    assert said(root) == ["course.toml exercises: has two exercises ex90"]


def test_course_that_cannot_be_read_is_one_complaint(tmp_path: Path) -> None:
    """Its file, and what the reader says."""
    (tmp_path / "course.toml").write_text("format = 2\n", encoding="utf-8")

    assert [str(one.what) for one in lint_course(tmp_path)] == ["format is 2"]


def test_no_command_is_called_like_an_exercise() -> None:
    """`grade ex03` is an exercise: no command may begin so."""
    assert [name for name in COMMANDS if name.startswith("ex") and name[2:3].isdigit()] == []
