"""Where the exercises come from, and which one a word means."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.find import content_root, exercise_folders, find_exercise
from grader.errors import GraderFault, UsageError


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package that lies in a checkout and brings exercises of its own."""
    package = tmp_path / "checkout" / "grader"
    (package / "_content").mkdir(parents=True)
    (tmp_path / "checkout" / "exercises").mkdir()
    (tmp_path / "checkout" / "pyproject.toml").touch()
    return package


def test_option_wins_over_variable(tiny_course: Path) -> None:
    """`--content` is nearer than $GRADE_CONTENT."""
    assert content_root(tiny_course, {"GRADE_CONTENT": "/nowhere"}) == tiny_course


def test_variable_wins_over_checkout(tiny_course: Path, package: Path) -> None:
    """$GRADE_CONTENT is nearer than the checkout."""
    assert content_root(None, {"GRADE_CONTENT": str(tiny_course)}, package=package) == tiny_course


def test_checkout_wins_over_wheel(package: Path) -> None:
    """Who works in a checkout works on its exercises."""
    assert content_root(None, {}, package=package) == package.parent / "exercises"


def test_wheel_brings_its_own_exercises(package: Path) -> None:
    """A folder `exercises` beside an installed package is nobody's checkout without pyproject.toml."""
    (package.parent / "pyproject.toml").unlink()

    assert content_root(None, {}, package=package) == package / "_content"


def test_installation_without_exercises_is_our_fault(tmp_path: Path) -> None:
    """Nobody at the keyboard has broken the wheel."""
    with pytest.raises(GraderFault):
        content_root(None, {}, package=tmp_path / "grader")


def test_folder_without_a_course_is_refused_with_the_way_out(tiny_course: Path, tmp_path: Path) -> None:
    """The folder above the exercises is a likely mistake."""
    (tmp_path / "exercises").symlink_to(tiny_course)

    with pytest.raises(UsageError, match="--content") as caught:
        content_root(tmp_path, {})

    assert "exercises" in str(caught.value.hint)


@pytest.mark.parametrize("word", ["ex90", "EX90", "ex90_tiny", "ex90_tiny/", "90"])
def test_exercise_has_several_names(tiny_course: Path, word: str) -> None:
    """The id, the folder, the bare number."""
    assert find_exercise(tiny_course, word) == tiny_course / "ex90_tiny"


@pytest.mark.parametrize(
    ("word", "near"), [("ex9", "ex90"), ("ex91", "ex90"), ("tiny", "ex90_tiny"), ("lst", "list"), ("九十", "ex90")]
)
def test_unknown_exercise_gets_a_suggestion(tiny_course: Path, word: str, near: str) -> None:
    """What was probably meant is named, commands included."""
    with pytest.raises(UsageError, match="there is no exercise or command") as caught:
        find_exercise(tiny_course, word, also=("list", "run"))

    assert near in str(caught.value.hint)


def test_a_number_without_its_nought_is_that_exercise() -> None:
    """`ex1` is near to `ex21` by its letters, but means `ex01`."""
    with pytest.raises(UsageError) as caught:
        find_exercise(content_root(None, {}), "ex1")

    assert str(caught.value.hint) == "did you mean ex01?"


def test_folders_come_in_teaching_order(tiny_course: Path) -> None:
    """As course.toml lists them."""
    assert exercise_folders(tiny_course) == (tiny_course / "ex90_tiny",)
