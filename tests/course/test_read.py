"""What an author may write, and how a mistake is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.read import read_course, read_exercise
from grader.errors import CourseError
from grader.model.exercise import Limits, StartMethod, Visibility


@pytest.fixture
def folder(tiny_course: Path, tmp_path: Path) -> Path:
    """A copy of ex90 that a test may spoil."""
    return Path(shutil.copytree(tiny_course / "ex90_tiny", tmp_path / "ex90_tiny"))


def spoil(folder: Path, old: str, new: str) -> CourseError:
    """The error that comes of one replacement in exercise.toml."""
    path = folder / "exercise.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_exercise(folder)
    assert str(path) in str(caught.value)
    return caught.value


def test_reads_all_that_was_declared(tiny_course: Path) -> None:
    """What is not said comes from the defaults of the model."""
    exercise = read_exercise(tiny_course / "ex90_tiny")

    assert (exercise.id, exercise.slug, exercise.file_name) == ("ex90", "ex90_tiny", "ex90.py")
    assert exercise.title.in_("zh") == "小练习"
    assert exercise.start_methods == (StartMethod.FORK, StartMethod.SPAWN)
    assert exercise.limits == Limits(wall=5.0)
    assert exercise.max_points == 10
    assert [check.visibility for check in exercise.checks] == [Visibility.SHOWN, Visibility.HIDDEN, Visibility.SHOWN]
    assert exercise.checks[1].needs == ("doubles",)


@pytest.mark.parametrize(
    ("old", "new", "key", "way_out"),
    [
        ("topics =", "topcs =", "topcs", "topics"),
        ("wall =", "wal =", "wal", "wall"),
        ("next_step =", "next_stp =", "next_stp", "next_step"),
        ("zh = ", "cn = ", "cn", "en, zh"),
    ],
)
def test_unknown_key_is_named_with_the_one_that_was_meant(
    folder: Path, old: str, new: str, key: str, way_out: str
) -> None:
    """A typing mistake in a key never passes silently."""
    error = spoil(folder, old, new)

    assert f"unknown key '{key}'" in str(error)
    assert way_out in str(error.hint)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 1", "format = 2", "format"),
        ("points = 4", "points = 5", "sum to 11"),
        ("points = 4", "points = -4", "-4 points"),
        ("points = 4", 'points = "four"', "float"),
        ('id = "refuses_text"', 'id = "doubles"', "'doubles' twice"),
        ('needs = ["doubles"]', 'needs = ["double"]', "needs 'double'"),
        ('needs = ["doubles"]', 'needs = ["keeps_every_addition"]', "declared before it"),
        ('functions = ["double"]', 'functions = ["triple"]', "'triple'"),
        ('functions = ["double"]', "functions = []", "no function"),
        ('id = "ex90"', 'id = "ex91"', "ex91"),
        ('"fork", "spawn"', '"fork", "spwan"', "spwan"),
        ('"linux", "macos"', '"linux", "amiga"', "amiga"),
        ("wall = 5.0", "wall = 0", "limits.wall"),
        ('id = "doubles"', 'id = "doubles it"', "doubles it"),
        ('visibility = "hidden"', 'visibility = "secret"', "secret"),
        ("[limits]", "[limits", "TOML"),
        ('title = { en = "refuses text", zh = "拒绝文本" }\n', "", "title"),
    ],
)
def test_mistake_names_file_and_key(folder: Path, old: str, new: str, words: str) -> None:
    """An author sees which file, which key, what is wrong with it, and the way out."""
    mistake = spoil(folder, old, new)

    assert words in str(mistake)
    assert mistake.hint


def test_needs_that_do_not_exist_get_a_suggestion(folder: Path) -> None:
    """The check that was probably meant is named."""
    assert "'doubles'" in str(spoil(folder, 'needs = ["doubles"]', 'needs = ["double"]').hint)


def test_missing_file_is_an_error_of_the_course(tmp_path: Path) -> None:
    """A folder without exercise.toml is no exercise."""
    with pytest.raises(CourseError, match=r"exercise\.toml cannot be read"):
        read_exercise(tmp_path)


def test_course_gives_the_order(tiny_course: Path) -> None:
    """The list in course.toml is the teaching order."""
    assert read_course(tiny_course).exercises == ("ex90_tiny",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"ex90_tiny"', '"ex91_gone"', "ex91_gone"),
        ('"ex90_tiny"', "", "exercises is empty"),
        ('"zh"]', '"fr"]', "fr"),
        ("languages", "tongues", "tongues"),
        ("format = 1", "format = ", "TOML"),
        ('zh = "', 'en2 = "', "en2"),
        ('exercises = ["ex90_tiny"]', "", "'exercises' is missing"),
        ('languages = ["en", "zh"]', "languages = 1", "languages: Expected `array`, got `int`"),
    ],
)
def test_mistake_in_the_course_is_named(tiny_course: Path, tmp_path: Path, old: str, new: str, words: str) -> None:
    """course.toml is read as strictly as exercise.toml."""
    root = Path(shutil.copytree(tiny_course, tmp_path / "course"))
    path = root / "course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(CourseError, match=words) as mistake:
        read_course(root)
    assert mistake.value.hint
