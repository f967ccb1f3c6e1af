"""A new exercise works as it is written: only words are missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.authoring.lint import lint_course, lint_exercises
from grader.authoring.new import write_new
from grader.authoring.specimens import Kind, specimens_of
from grader.course.find import exercise_folders
from grader.course.read import read_exercise
from grader.errors import UsageError
from tests.authoring.specimens import TINY


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that will have one exercise, ex22_ring."""
    root = tmp_path / "course"
    root.mkdir()
    declared = (TINY / "course.toml").read_text(encoding="utf-8").replace("ex90_tiny", "ex22_ring")
    (root / "course.toml").write_text(declared, encoding="utf-8")
    return root


def test_only_words_are_missing(course: Path, tmp_path: Path) -> None:
    """Each complaint of the linter is about a TODO; when they are filled in, there is none."""
    written = write_new(course, tmp_path / "solutions", "ex22_ring")
    assert list(lint_course(course)) == []
    assert {str(one.what) for one in lint_exercises(course, exercise_folders(course))} == {"says TODO"}

    for path in written:
        path.write_text(re.sub(r"TODO:?", "Words", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert list(lint_exercises(course, exercise_folders(course))) == []
    specimens = specimens_of(read_exercise(course / "ex22_ring"), tmp_path / "solutions")
    assert [one.kind for one in specimens] == [Kind.STUB, Kind.ACCEPTED, Kind.REJECTED]


def test_exercise_without_a_word_gets_one(course: Path, tmp_path: Path) -> None:
    """A folder needs more than a number."""
    assert write_new(course, tmp_path / "solutions", "ex22")[0].parent == course / "ex22_new"


def test_number_that_is_taken_is_refused(course: Path, tmp_path: Path) -> None:
    """Nothing is overwritten, neither an exercise nor its solutions."""
    write_new(course, tmp_path / "solutions", "ex22_ring")
    with pytest.raises(UsageError, match="ex22_ring is there already"):
        write_new(course, tmp_path / "solutions", "ex22_other")
    shutil.rmtree(course / "ex22_ring")
    with pytest.raises(UsageError, match="solutions/ex22_ring is there already"):
        write_new(course, tmp_path / "solutions", "ex22")


@pytest.mark.parametrize("name", ["ring", "ex2", "ex22-ring", "ex22_Ring", "ex22/../../x", "ex22_ring\n"])
def test_name_of_no_exercise_is_refused(course: Path, tmp_path: Path, name: str) -> None:
    """It would be no exercise, or no folder of the course."""
    with pytest.raises(UsageError, match="cannot name an exercise"):
        write_new(course, tmp_path / "solutions", name)
