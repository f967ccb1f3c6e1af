"""When an exercise counts as another one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.digest import digest_of


@pytest.fixture
def folder(tiny_course: Path, tmp_path: Path) -> Path:
    """A copy of ex90."""
    return Path(shutil.copytree(tiny_course / "ex90_tiny", tmp_path / "copy", ignore=shutil.ignore_patterns("__py*")))


def test_copy_has_the_same_digest(folder: Path, tiny_course: Path) -> None:
    """The place does not matter."""
    assert digest_of(folder) == digest_of(tiny_course / "ex90_tiny")


def test_caches_do_not_count(folder: Path) -> None:
    """Running a suite does not change it."""
    before = digest_of(folder)
    (folder / "suite" / "__pycache__").mkdir()
    (folder / "suite" / "__pycache__" / "scenarios.cpython-311.pyc").write_bytes(b"x")
    (folder / ".DS_Store").touch()

    assert digest_of(folder) == before


def test_every_file_counts(folder: Path) -> None:
    """A hint, a new file, a new name: each makes another digest."""
    digests = {digest_of(folder)}
    (folder / "hints.md").write_text("other", encoding="utf-8")
    digests.add(digest_of(folder))
    (folder / "suite" / "empty.py").touch()
    digests.add(digest_of(folder))
    (folder / "suite" / "empty.py").rename(folder / "suite" / "void.py")
    digests.add(digest_of(folder))

    assert len(digests) == 4
