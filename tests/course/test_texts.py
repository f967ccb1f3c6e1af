"""What a student reads of an exercise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.texts import read_hints, read_stub, read_stubs, read_text
from grader.errors import CourseError


def test_text_is_in_the_language_of_the_reader(tiny_course: Path) -> None:
    """Both languages have their file."""
    folder = tiny_course / "ex90_tiny"

    assert read_text(folder, "en").startswith("# Tiny")
    assert read_text(folder, "zh").startswith("# 小练习")


def test_missing_translation_is_english(tiny_course: Path, tmp_path: Path) -> None:
    """An exercise without Chinese texts can still be read."""
    folder = Path(shutil.copytree(tiny_course / "ex90_tiny", tmp_path / "ex90_tiny"))
    (folder / "README.zh.md").unlink()

    assert read_text(folder, "zh").startswith("# Tiny")


def test_hints_are_three(tiny_course: Path) -> None:
    """Each comes with its heading."""
    first, second, third = read_hints(tiny_course / "ex90_tiny", "en")

    assert first.startswith("## What twice means\n")
    assert second.endswith("interrupted.")
    assert "with lock" in third


def test_other_than_three_hints_are_refused(tiny_course: Path, tmp_path: Path) -> None:
    """The file is named, and how many there are."""
    folder = Path(shutil.copytree(tiny_course / "ex90_tiny", tmp_path / "ex90_tiny"))
    (folder / "hints.md").write_text("## One\n\n### not a hint\n\n## Two\n", encoding="utf-8")

    with pytest.raises(CourseError, match=r"hints\.md has 2 sections"):
        read_hints(folder, "en")


def test_stub_is_in_the_language_of_the_reader(tiny_course: Path, tmp_path: Path) -> None:
    """English where there is no other."""
    folder = Path(shutil.copytree(tiny_course / "ex90_tiny", tmp_path / "ex90_tiny"))
    assert "最小的练习" in read_stub(folder, "zh").decode()
    assert read_stub(folder) == read_stub(folder, "en") == (folder / "stub.py").read_bytes()
    assert read_stubs(folder) == {read_stub(folder, "en"), read_stub(folder, "zh")}

    (folder / "stub.zh.py").unlink()
    assert read_stub(folder, "zh") == read_stub(folder, "en")


def test_missing_stub_is_an_error_of_the_course(tmp_path: Path) -> None:
    """No exercise can be started without it."""
    with pytest.raises(CourseError, match=r"stub\.py"):
        read_stub(tmp_path)
