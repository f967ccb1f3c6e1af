"""The private folder of a box on the machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import folder
from grader.sandbox.folder import private_folder


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where folders are made, seen for the first time."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folder, "LONGEST_BASE", 1000)
    return tmp_path


def abandon(place: Path) -> None:
    """A folder as a killed examiner leaves it, an hour ago."""
    (place / "box").mkdir(parents=True)
    (place / "box" / "main.py").write_bytes(b"")
    os.utime(place, (place.stat().st_atime, place.stat().st_mtime - 3600))


def test_what_a_program_leaves_is_removed(base: Path) -> None:
    """Folders that it closed and links that it made are no obstacle, and what a link names stays."""
    treasure = base / "treasure"
    treasure.write_text("stays")
    with private_folder(walls=False) as private:
        closed = private.work / "closed" / "twice"
        closed.mkdir(parents=True)
        (closed / "file").write_text("x")
        (private.work / "link").symlink_to(treasure)
        closed.chmod(0)
        closed.parent.chmod(0)

    assert not private.path.exists()
    assert treasure.read_text() == "stays"


def test_folders_of_killed_examiners_are_swept_up(base: Path) -> None:
    """The next examiner removes them; what is young, or not one of ours, stays."""
    abandon(base / "grade-box-old")
    abandon(base / "somebody-elses")
    (base / "grade-box-young").mkdir()
    with private_folder(walls=False):
        pass

    assert sorted(entry.name for entry in base.iterdir()) == ["grade-box-young", "somebody-elses"]


def test_folders_of_living_examiners_stay(base: Path) -> None:
    """However old it is, a folder in use is locked."""
    with private_folder(walls=False) as used:
        os.utime(used.path, (0, 0))
        folder._sweep.cache_clear()
        with private_folder(walls=False):
            pass

        assert used.path.exists()


def test_a_base_without_room_is_the_last_resort(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container has 64 megabytes of /dev/shm, or fewer, and others may have filled it."""
    small = base / "small"
    small.mkdir()
    monkeypatch.setattr(folder, "FAST", str(small))
    with private_folder(walls=True) as private:
        assert private.path.parent == small
    monkeypatch.setattr(folder, "_room", lambda path: 0 if path == str(small) else folder.ENOUGH)
    with private_folder(walls=True) as private:
        assert private.path.parent == base
    monkeypatch.setattr(folder, "_room", lambda _path: 0)
    with private_folder(walls=True) as private:
        assert private.path.parent == small


def test_a_base_with_a_long_path_is_not_used(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of a socket in it would be longer than the kernel allows."""
    long = base / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    monkeypatch.setattr(folder, "LONGEST_BASE", 60)
    with private_folder(walls=False) as private:
        assert private.path.parent == Path("/tmp")  # noqa: S108  the last resort

    shutil.rmtree(long)
