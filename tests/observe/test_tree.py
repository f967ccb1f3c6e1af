"""The processes of a tree are found, whoever started them and however they ended."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grader.observe import kernel, tree
from grader.observe.tree import Process, is_housekeeping, look_at, processes
from tests.observe.starting import Start, heard, python

FAMILY = """
import os
for _ in range(2):
    if os.fork() == 0:
        os.read(0, 1)
        os._exit(0)
print("up", flush=True)
os.read(0, 1)
"""
LEAVES_A_ZOMBIE = """
import os
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(pid, flush=True)
os.read(0, 1)
"""
STARTS_THE_LIBRARY_S_OWN = """
import multiprocessing as mp, os, sys
def wait():
    print("up", flush=True)
    os.read(READ, 1)
if __name__ == "__main__":
    READ, WRITE = os.pipe()
    mp.set_start_method("forkserver")
    queue = mp.Queue()
    worker = mp.Process(target=queue.get)
    worker.start()
    print(worker.pid, flush=True)
    worker.join()
"""
TRACKER = "/usr/bin/python3 -c from multiprocessing.resource_tracker import main;main(5)"
SERVER = "/usr/bin/python3 -B -c from multiprocessing.forkserver import main; main(7, 8, ['__main__'], **{'x': 1})"


def test_who_has_no_command_line_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two programs and at its end a process does not tell what it is; one that has ended is no riddle."""
    monkeypatch.setattr(kernel, "command", lambda _: "")
    zombie = os.fork()
    if zombie == 0:
        os._exit(0)
    os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
    ended, alive = look_at(zombie), look_at(os.getpid())
    os.waitpid(zombie, 0)

    assert ended is not None
    assert alive is not None
    assert (ended.unsettled, alive.unsettled) == (False, True)


def test_the_root_and_all_below_it_are_found(start: Start) -> None:
    """Parents come before their children."""
    process = start(*python(FAMILY), stdin=subprocess.PIPE)
    assert heard(process) == "up"

    found = processes(process.pid)

    assert found[0].pid == process.pid
    assert [one.ppid for one in found[1:]] == [process.pid] * 2
    assert [one.forked for one in found] == [False, True, True]


def test_what_is_below_an_ignored_process_counts(start: Start) -> None:
    """Ours in the middle of the tree hide nothing."""
    process = start(*python(FAMILY), stdin=subprocess.PIPE)
    assert heard(process) == "up"

    assert len(processes(process.pid, ignore={process.pid})) == 2


def test_a_scan_finds_what_the_lists_of_children_tell(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel without these lists costs time, not truth."""
    process = start(*python(FAMILY), stdin=subprocess.PIPE)
    assert heard(process) == "up"
    expected = processes(process.pid)
    monkeypatch.setattr(tree, "_kernel_lists_children", lambda: False)

    assert sorted(one.pid for one in processes(process.pid)) == sorted(one.pid for one in expected)


def test_a_child_that_was_not_reaped_is_a_zombie(start: Start) -> None:
    """It has no command line any more, so its short name stands there."""
    process = start(*python(LEAVES_A_ZOMBIE), stdin=subprocess.PIPE)
    zombie = int(heard(process))

    (found,) = [one for one in processes(process.pid) if one.pid == zombie]

    assert found.state == "Z"
    assert found.command.startswith("python")


def test_nothing_is_below_a_process_that_is_gone(start: Start) -> None:
    """That it ended is an answer, not an error."""
    process = start(*python("pass"))
    process.wait()

    assert processes(process.pid) == ()


def test_looking_leaves_nothing_open(start: Start) -> None:
    """The descriptors afterwards are those of before."""
    process = start(*python(FAMILY), stdin=subprocess.PIPE)
    assert heard(process) == "up"
    before = list(Path("/proc/self/fd").iterdir())
    processes(process.pid)

    assert len(list(Path("/proc/self/fd").iterdir())) == len(before)


def test_the_library_s_own_processes_are_known_and_its_workers_are_not_taken_for_them(start: Start) -> None:
    """A worker of the fork server has the server's command line, and is a worker."""
    process = start(*python(STARTS_THE_LIBRARY_S_OWN))
    worker = int(heard(process))

    by_pid = {one.pid: one for one in processes(process.pid)}

    assert not is_housekeeping(by_pid[worker])
    assert not is_housekeeping(by_pid[process.pid])
    assert len([one for one in by_pid.values() if is_housekeeping(one)]) == 2


@pytest.mark.parametrize("command", [TRACKER, SERVER])
def test_housekeeping_is_told_by_its_command(command: str) -> None:
    """As the standard library writes it."""
    assert is_housekeeping(Process(pid=2, ppid=1, state="S", command=command, started=3))


@pytest.mark.parametrize(
    "command",
    [
        TRACKER + "; import time; time.sleep(99)",
        "/usr/bin/python3 ex03.py from multiprocessing.resource_tracker import main;main(5)",
        "",
    ],
)
def test_a_program_that_mentions_the_library_s_words_is_a_student_s(command: str) -> None:
    """The whole command counts."""
    assert not is_housekeeping(Process(pid=2, ppid=1, state="S", command=command, started=3))


def test_a_fork_of_the_tracker_is_no_tracker() -> None:
    """It shares the command line only."""
    assert not is_housekeeping(Process(pid=2, ppid=1, state="S", command=TRACKER, started=3, forked=True))
