"""Opening a box, and what becomes of errors on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import GraderFault
from grader.model.observation import Isolation, Level
from tests.sandbox.boxes import WITHOUT_WALLS, Opener, ask, inside_files


def test_files_are_readable_and_not_writable_inside(isolation: Isolation, opened: Opener) -> None:
    """What was given is found below the inside root, in folders of any depth."""
    box = opened(isolation, files={**inside_files(), "a/b/c.txt": b"deep"})

    assert ask(box, "import os\n(open(ROOT + '/a/b/c.txt').read(), oct(os.stat(ROOT + '/a/b/c.txt').st_mode))") == (
        "deep",
        "0o100644",
    )
    assert ask(box, "ROOT") == box.inside_root


def test_a_program_starts_in_a_private_writable_folder(isolation: Isolation, opened: Opener) -> None:
    """The working folder and the folder for temporary files belong to this box alone."""
    first, second = opened(isolation), opened(isolation)
    for box in (first, second):
        assert (
            ask(box, "import tempfile\nopen('note', 'x').close() or open(tempfile.gettempdir() + '/n', 'x').close()")
            is None
        )

    assert len(ask(first, "import tempfile\ntempfile.gettempdir()")) < 60


def test_the_box_knows_its_own_processes(isolation: Isolation, opened: Opener) -> None:
    """Root and zygote are ours, and between them there is at most the namespace's init."""
    box = opened(isolation)

    assert {box.root, box.zygote} <= box.own
    assert len(box.own) == (3 if isolation.level is Level.NAMESPACE else 2)
    assert box.alive()


def test_limits_hold_in_every_box(isolation: Isolation, opened: Opener) -> None:
    """Core files, open files and the size of a file are bound, with or without walls."""
    box = opened(isolation)
    question = "import resource as r\n[r.getrlimit(w) for w in (r.RLIMIT_CORE, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE)]"

    assert ask(box, question) == [(0, 0), (1024, 1024), (64 * 1024**2, 64 * 1024**2)]


def test_a_missing_main_program_is_told_in_last_words(isolation: Isolation, opened: Opener) -> None:
    """The control line ends, and what Python said can be asked for."""
    box = opened(isolation, files={"other.py": b""})

    assert box.control.recv(10) == b""
    assert "main.py" in box.last_words()
    assert box.last_words() == ""


def test_a_python_that_is_not_there_is_our_fault(isolation: Isolation, opened: Opener) -> None:
    """The error names the interpreter; nobody's points depend on it."""
    with pytest.raises(GraderFault, match="/nowhere/python"):
        opened(isolation, python="/nowhere/python")


def test_a_box_whose_launcher_fails_is_told_with_its_words(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What bubblewrap wrote is in the message, and nothing is left of the attempt."""
    monkeypatch.setattr("grader.sandbox.launch.ENTER", "raise SystemExit('no luck today')")
    with pytest.raises(GraderFault, match="no luck today"):
        opened(WITHOUT_WALLS)


def test_a_box_that_is_never_born_is_given_up(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """A launcher that hangs costs the patience that it has, and leaves nothing."""
    monkeypatch.setattr("grader.sandbox.launch.ENTER", "import signal; signal.pause()")
    monkeypatch.setattr("grader.sandbox.launch.BIRTH_PATIENCE", 0.1)
    with pytest.raises(GraderFault, match=r"did not start within 0\.1 s"):
        opened(WITHOUT_WALLS)


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "a/../../b"])
def test_no_file_of_a_box_lies_outside_it(opened: Opener, name: str) -> None:
    """A name that leads out of the box is refused before anything is written."""
    with pytest.raises(GraderFault, match="must lie in the box"):
        opened(WITHOUT_WALLS, files={name: b""})


def test_what_a_box_leaves_in_shared_places_goes_with_its_uid(opened: Opener) -> None:
    """Where root opens it, entries of /dev/shm and /tmp that belong to the box's uid are removed when it closes."""
    if os.geteuid() != 0:
        pytest.skip("only root has uids to give away")
    box = opened(WITHOUT_WALLS)
    places = [f"/dev/shm/left-{box.zygote}", f"/tmp/left-{box.zygote}"]  # noqa: S108  the machine's
    assert ask(box, f"import os\n[os.mkdir(place) for place in {places}]") == [None, None]

    assert all(map(os.path.exists, places))
    box.close()

    assert not any(map(os.path.exists, places))
