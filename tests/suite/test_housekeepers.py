"""What multiprocessing starts beside a program is forked, and nobody can tell but by the time it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.inside import children
from grader.model.observation import Level, Stop
from grader.sandbox.detect import detect
from grader.suite.boxes import Boxes
from grader.suite.failure import CheckStopped
from grader.suite.program import Program
from tests.suite.samples import plan_of, without_checks

FRESH = ("spawn", "forkserver")
SOURCE = b"""
import multiprocessing as mp, os, sys, threading
from multiprocessing import shared_memory

state = "as imported"

def below(pid):
    found = []
    for tid in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{tid}/children") as file: found += file.read().split()
    return found

def count():
    return len(below(os.getpid()))

def tell(queue):
    queue.put((state, os.environ.get("MARK"), sorted(sys.argv[1:])))

def from_a_worker():
    global state
    state, os.environ["MARK"] = "changed", "set"
    queue = mp.SimpleQueue()
    worker = mp.Process(target=tell, args=(queue,))
    worker.start()
    told = queue.get()
    worker.join()
    return told

def start_in_a_thread(queue):
    thread = threading.Thread(target=lambda: mp.Process(target=queue.put, args=("grandchild",)).start())
    thread.start()
    thread.join()
    mp.active_children()[0].join()

def grandchild():
    queue = mp.SimpleQueue()
    worker = mp.Process(target=start_in_a_thread, args=(queue,))
    worker.start()
    told = queue.get()
    worker.join()
    return told

def start_and_tell(queue):
    worker = mp.Process(target=queue.put, args=("grandchild",))
    worker.start()
    worker.join()
    queue.put(commands())

def commands():
    found = []
    for pid in below(os.getpid()):
        with open(f"/proc/{pid}/cmdline") as file: found.append(file.read())
    return found

def housekeepers_of_a_worker():
    queue = mp.SimpleQueue()
    worker = mp.Process(target=start_and_tell, args=(queue,))
    worker.start()
    told = queue.get(), queue.get()
    worker.join()
    return told

def leave_block():
    block = shared_memory.SharedMemory(create=True, size=16, name="forgotten")
    block.close()
    return True

def block_is_there():
    return os.path.exists("/dev/shm/forgotten")

def nothing():
    return None

def hide():
    from inside.desk import CALL, Desk
    child = os.fork()
    if child == 0:
        Desk("/box/desk", os.environ[CALL]).tell("housekeeper")
        os._exit(0)
    os.waitpid(child, 0)
    return True
"""


SCENARIOS = b"""
import multiprocessing as mp

def look_around(stage):
    queue = mp.SimpleQueue()
    before = stage.children()
    worker = mp.Process(target=queue.get)
    worker.start()
    during = stage.children()
    queue.put(None)
    worker.join()
    return [len(before), during, len(stage.children())]
"""


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    """A program in one box of the best level that this machine offers."""
    exercise = without_checks()
    files = {"suite/scenarios.py": SCENARIOS, "sub/ex90.py": SOURCE}
    boxes = Boxes(detect(), files, exercise.limits, sys.executable, 1)
    yield Program(plan_of(SOURCE, exercise), boxes)
    boxes.close()


@pytest.mark.parametrize(("method", "count"), [("fork", 0), ("spawn", 1), ("forkserver", 2)])
def test_each_call_has_those_that_its_start_method_needs(program: Program, method: str, count: int) -> None:
    """They are there before the function is called, and are not counted among its processes."""
    assert program.call("count", start_method=method).value == count
    assert program.episodes[-1].processes == 0


def test_a_process_of_the_submission_cannot_say_that_it_is_one(program: Program) -> None:
    """It would not count as left behind: nobody is believed who says so after the submission could run."""
    if detect().level is not Level.NAMESPACE:
        pytest.skip("needs bubblewrap, behind which the desk has its known place: apt install bubblewrap")
    with pytest.raises(CheckStopped, match="housekeeper"):
        program.call("hide", start_method="spawn")

    assert program.episodes[-1].observation.stop is Stop.VIOLATION


@pytest.mark.parametrize("method", FRESH)
def test_a_worker_is_no_housekeeper_and_has_nothing_of_its_caller(program: Program, method: str) -> None:
    """It imports the module anew, and gets the caller's environment as always."""
    state, mark, _ = program.call("from_a_worker", start_method=method).value

    assert program.episodes[-1].processes == 1
    assert state == "as imported"
    assert mark == ("set" if method == "spawn" else None)  # the fork server's environment is that of its own start


@pytest.mark.parametrize("method", FRESH)
def test_a_thread_of_a_worker_can_start_processes(program: Program, method: str) -> None:
    """The locks of the library are not taken for good in what was forked while they were."""
    assert program.call("grandchild", start_method=method).value == "grandchild"


@pytest.mark.parametrize("method", FRESH)
def test_nobody_of_the_library_counts_as_a_process_of_the_program(program: Program, method: str) -> None:
    """A program that starts none is seen to start none."""
    program.call("nothing", start_method=method)

    assert program.episodes[-1].processes == 0
    assert program.episodes[-1].observation.left_behind == ()
    assert program.episodes[-1].observation.stop is Stop.ANSWERED


def test_a_worker_that_starts_processes_starts_a_fork_server_as_anywhere(program: Program) -> None:
    """Forked from the worker it would have the submission's state."""
    grandchild, commands = program.call("housekeepers_of_a_worker", start_method="forkserver").value

    assert grandchild == "grandchild"
    assert ["multiprocessing.forkserver import main" in command for command in commands] == [True]


@pytest.mark.parametrize(("method", "during"), [("fork", 1), ("spawn", 1), ("forkserver", 0)])
def test_a_scenario_sees_its_own_children_only(program: Program, method: str, during: int) -> None:
    """Not those of the library; the children of the fork server are not its own. They are called by their program."""
    before, programs, after = program.play(look_around, start_method=method).value

    assert [before, len(programs), after] == [0, during, 0]
    assert all(name.startswith("python") and name.isprintable() and "/" not in name for name in programs)


def test_who_is_just_starting_a_program_is_no_zombie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of that it has no command line; a dead one never gets one, and who is gone is nobody."""
    (tmp_path / "cmdline").write_bytes(b"")
    (tmp_path / "status").write_text("Name:\tpython3\nState:\tR (running)\n")
    waits: list[int] = []

    def wait(*_: object) -> None:
        waits.append(1)
        (tmp_path / "cmdline").write_bytes(b"python3\0-c\0x")

    monkeypatch.setattr("grader.inside.children.select.select", wait)

    assert (children._command(tmp_path), len(waits)) == ("python3\0-c\0x", 1)
    (tmp_path / "cmdline").write_bytes(b"")
    (tmp_path / "status").write_text("Name:\tpython3\nState:\tZ (zombie)\n")
    assert children._command(tmp_path) == ""
    assert children._command(tmp_path / "gone") is None


def look_around() -> None:
    """A scenario by its name."""


def test_the_tracker_removes_what_was_left_when_all_have_ended(program: Program) -> None:
    """As it does outside: the next call in the same place does not find it."""
    program.call("leave_block", start_method="spawn")

    assert [left.name for left in program.episodes[-1].observation.left_behind] == ["forgotten"]
    assert program.call("block_is_there").value is False
