"""Limits hold over all processes of a call together, at every level, and each is told in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from grader.errors import GraderFault
from grader.model.attempt import Outcome
from grader.model.exercise import Limits
from grader.model.observation import Level, Stop
from grader.sandbox.detect import detect, isolation_of
from grader.suite import consumption
from grader.suite.boxes import Boxes
from grader.suite.failure import CheckStopped
from grader.suite.program import Program
from tests.suite.samples import plan_of, without_checks

MIB = 1024 * 1024
LIMITS = Limits(wall=60.0, cpu=60.0, memory=192 * MIB, processes=10, disk_bytes=8 * MIB)
SOURCE = b"""
import mmap, multiprocessing as mp, os, signal, time

def several(times, target, *args):
    for _ in range(times):
        mp.Process(target=target, args=args).start()

def take(size):
    taken = bytearray(size)
    for page in range(0, size, 4096):
        taken[page] = 1
    signal.pause()

def many_take(times, size):
    several(times, take, size)
    signal.pause()

def read_all(shared):
    for page in range(0, len(shared), 4096):
        shared[page]

def share(times, size):
    shared = mmap.mmap(-1, size)
    shared.write(b"x" * size)
    readers = [mp.get_context("fork").Process(target=read_all, args=(shared,)) for _ in range(times)]
    for reader in readers: reader.start()
    for reader in readers: reader.join()
    return [reader.exitcode for reader in readers]

def crowd(times):
    several(times, signal.pause)
    signal.pause()

def burn(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds: pass

def burn_in_children(times, seconds):
    for _ in range(times):
        child = mp.get_context("fork").Process(target=burn, args=(seconds,))
        child.start()
        child.join()
    return times

def burn_in_orphans(times, seconds):
    for _ in range(times):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            if os.fork() == 0: burn(seconds)
            os._exit(0)
        os.close(write)
        os.waitpid(child, 0)
        os.read(read, 1)
        os.close(read)
    return times

def fill(times, size):
    for number in range(times):
        with open(f"file{number}", "wb") as file: file.write(bytes(size))
    signal.pause()
"""


@pytest.fixture(params=["best", "none"])
def program(request: pytest.FixtureRequest) -> Iterator[Program]:
    """A program in a box with small limits, of the best level that this machine offers and of none."""
    isolation = detect() if request.param == "best" else isolation_of(Level.NONE)
    exercise = replace(without_checks(), limits=LIMITS)
    files = {"suite/scenarios.py": b"", "sub/ex90.py": SOURCE}
    boxes = Boxes(isolation, files, LIMITS, sys.executable, 1)
    yield Program(plan_of(SOURCE, exercise), boxes)
    boxes.close()


def stingy(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow half a second of CPU only, however crowded the machine is."""
    monkeypatch.setattr(consumption, "crowding", lambda: 1.0)
    exercise = replace(program.plan.exercise, limits=replace(LIMITS, cpu=0.5))
    program.plan = replace(program.plan, exercise=exercise)


def stop_of(program: Program, action: Callable[[], object]) -> tuple[Stop, CheckStopped]:
    """How the call stopped, and how the check."""
    with pytest.raises(CheckStopped) as stopped:
        action()
    return program.episodes[-1].observation.stop, stopped.value


def test_memory_is_counted_over_all_processes(program: Program) -> None:
    """Six times 64 MB is beyond 192 MB, though each of the six may have them."""
    stop, said = stop_of(program, lambda: program.call("many_take", 6, 64 * MIB, start_method="fork").value)

    assert stop is Stop.MEMORY, (said, program.episodes[-1].observation)
    assert "more than 192 MB of memory" in str(said.message)
    assert said.facts == ("memory-limit",)


def test_memory_that_is_shared_is_counted_once(program: Program) -> None:
    """Four processes that read the same 64 MB are within 192 MB."""
    assert program.call("share", 4, 64 * MIB).value == [0] * 4


def test_processes_are_counted(program: Program) -> None:
    """A crowd beyond the limit ends its call."""
    stop, said = stop_of(program, lambda: program.call("crowd", 14, start_method="fork").value)

    assert stop is Stop.PROCESSES
    assert "more than 10 processes" in str(said.message)


@pytest.mark.parametrize("function", ["burn_in_children", "burn_in_orphans"])
def test_cpu_of_children_that_have_ended_is_counted(
    program: Program, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who computes in many short children, waited for or not, is stopped like who computes in one process."""
    stingy(program, monkeypatch)
    stop, said = stop_of(program, lambda: program.call(function, 1000, 0.05).value)

    assert stop is Stop.CPU, (said, program.episodes[-1].observation)
    assert said.outcome is Outcome.TIMEOUT
    assert "more than 0.5 seconds of CPU time" in str(said.message)
    assert said.facts == ("deadline",)


def test_the_cpu_of_one_call_does_not_count_for_the_next(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three calls that use 0.3 s each stay below 0.5 s, one by one."""
    stingy(program, monkeypatch)
    assert [program.call("burn_in_children", 3, 0.1).value for _ in range(3)] == [3, 3, 3]


def test_files_are_counted_where_their_place_has_no_size(program: Program) -> None:
    """Behind walls the place is full; elsewhere the call is ended."""
    stop, said = stop_of(program, lambda: program.call("fill", 6, 4 * MIB).value)

    if program.episodes[-1].observation.stop is Stop.DISK:
        assert "more than 8 MB of files" in str(said.message)
    else:
        assert stop is Stop.ANSWERED
        assert "No space left" in str(said.message)


def test_the_end_of_the_machines_memory_is_nobodys_zero(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the floor the call is given up as our fault: it is retried, never graded."""
    monkeypatch.setattr(consumption, "LEAST_AVAILABLE", 1 << 60)
    with pytest.raises(GraderFault, match="no memory left"):
        program.call("crowd", 1)
