"""CPU is counted over a whole tree, those that have ended included, and never too much."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.observe import kernel
from grader.observe.spending import Spending

BURN = """
import os, signal, sys, time
def burn(seconds):
    while time.process_time() < seconds: pass
def several(times, seconds, wait):
    for _ in range(times):
        pid = os.fork()
        if pid == 0:
            start = time.process_time()
            while time.process_time() - start < seconds: pass
            os._exit(0)
        wait(pid)
def say(word):
    sys.stdout.write(word); sys.stdout.flush()
    sys.stdin.readline()
"""


@contextmanager
def running(program: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `program`; it says a word when it has come to `say`, and waits there."""
    command = [sys.executable, "-I", "-S", "-c", BURN + program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def word(process: subprocess.Popen[str]) -> str:
    """The next letter it says."""
    assert process.stdout
    return process.stdout.read(1)


def go_on(process: subprocess.Popen[str]) -> None:
    """Let it go on from where it said a word."""
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_children_that_have_ended_count() -> None:
    """Ten children of 30 ms each, all waited for before anybody looks, are 0.3 s."""
    with running("say('a'); several(10, 0.03, lambda pid: os.waitpid(pid, 0)); say('b')") as process:
        assert word(process) == "a"
        spending = Spending(process.pid)
        go_on(process)
        assert word(process) == "b"
        assert 0.27 <= spending.look() < 0.3 + 0.5


def test_what_was_used_before_does_not_count() -> None:
    """A process that had used 0.2 s before, and has done nothing since, has used nothing."""
    with running("burn(0.2); say('a')") as process:
        assert word(process) == "a"
        spending = Spending(process.pid)
        assert spending.look() == 0.0


def test_of_our_own_processes_only_those_below_count() -> None:
    """What a process of ours uses is no limit's business; what it has waited for is."""
    program = "say('a'); burn(0.3); say('b'); several(1, 0.1, lambda pid: os.waitpid(pid, 0)); say('c')"
    with running(program) as process:
        assert word(process) == "a"
        spending = Spending(process.pid, ours={process.pid})
        go_on(process)
        assert word(process) == "b"
        assert spending.look() == 0.0
        go_on(process)
        assert word(process) == "c"
        assert 0.09 <= spending.look() < 0.3


def test_children_that_nobody_waits_for_count_as_far_as_they_were_seen() -> None:
    """With SIGCHLD ignored the kernel forgets them: what was seen of each adds up all the same."""
    program = """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
say('a')
several(2, 0.1, lambda pid: say('b') or os.kill(pid, signal.SIGKILL))
say('c')
"""
    with running(program) as process:
        assert word(process) == "a"
        spending = Spending(process.pid)
        go_on(process)
        for _ in range(2):
            assert word(process) == "b"
            until_more(spending, spending.look() + 0.05)
            go_on(process)
        assert word(process) == "c"
        assert spending.look() >= 0.1


def test_who_is_waited_for_between_two_readings_does_not_count_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that moves into its parent's sum while a sum is made is missing once, never counted twice."""
    times = {1: (1.0, 0.0)}
    monkeypatch.setattr(kernel, "processor_time", times.get)
    spending = Spending(0, ours={1})

    def read(pid: int) -> tuple[float, float] | None:
        found = times.get(pid)
        if pid == 1:  # it waits for the other just after it was read
            times[1] = (1.0, 5.0)
            times.pop(2, None)
        return found

    times[2] = (5.0, 0.0)
    assert spending.look((2,)) == 5.0
    monkeypatch.setattr(kernel, "processor_time", read)
    assert spending.look((2,)) == 5.0
    assert spending.look(()) == 5.0


def until_more(spending: Spending, seconds: float) -> None:
    """Ask until so much was seen; within five seconds."""
    deadline = time.monotonic() + 5.0
    while spending.look() < seconds:
        assert time.monotonic() < deadline, "it was never seen"
        signal.sigtimedwait([], 0.005)
