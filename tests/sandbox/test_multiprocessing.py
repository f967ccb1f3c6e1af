"""Walls take nothing away from multiprocessing."""

from __future__ import annotations

import pytest

from grader.model.observation import Isolation
from tests.sandbox.boxes import Opener, ask

BROKEN = "import sys; sys.path.insert(0, ROOT + '/sub')\nimport features\nfeatures."


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_everything_of_multiprocessing_works(isolation: Isolation, opened: Opener, method: str) -> None:
    """Locks, queues, barriers, pools, managers, shared memory and listeners work under each start method."""
    assert ask(opened(isolation), f"{BROKEN}broken({method!r})") == {}


def test_what_programs_use_beside_it_works(isolation: Isolation, opened: Opener) -> None:
    """A shell, fifos, the count of processors and the name localhost are there."""
    assert ask(opened(isolation), f"{BROKEN}broken_elsewhere()") == []


LOOKS = """import os, shutil, time
def looks():
    child = os.fork()
    if not child:
        time.sleep(600)
    about = [open(f"/proc/{who}/status").read() for who in ("self", child)]
    os.kill(child, 9)
    return [f"Pid:\\t{pid}" in text for pid, text in zip((os.getpid(), child), about)]
def copies():
    open("one", "w").close()
    return os.path.basename(shutil.copy2("one", "two"))
looks(), copies()"""


def test_a_program_may_look_at_itself_and_its_children_and_copy_files(isolation: Isolation, opened: Opener) -> None:
    """What every program is used to is there in each box: its part of /proc, and modes and times of its files."""
    assert ask(opened(isolation), LOOKS) == ([True, True], "two")
