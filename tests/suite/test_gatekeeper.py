"""A worker that has its turn and does something that turns do not cover is noticed."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from grader.inside.vocabulary import Aspect, Op, Role
from grader.schedule.coordinator import Coordinator
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.schedule.workers import Request
from grader.suite import gatekeeper
from grader.suite.gatekeeper import Gatekeeper
from grader.suite.records import Line, Record
from grader.wire import Introduction

SLEEPER = "import sys, time; print(flush=True); time.sleep(float(sys.argv[1]))"
QUIET = 1.0


@pytest.fixture
def sleeper() -> Iterator[int]:
    """The pid of a process that sleeps by the real clock."""
    with subprocess.Popen([sys.executable, "-c", SLEEPER, "600"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        select.select([process.stdout], [], [], 0.1)  # until it sleeps; the test asks again if it does not yet
        yield process.pid
        process.kill()


Keeper = Callable[..., Gatekeeper]


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    """Makes one whose workers have come to the desk, from these processes."""
    with contextlib.ExitStack() as stack:

        def made(**pids: int) -> Gatekeeper:
            line = stack.enter_context(socket.socket(socket.AF_UNIX))
            found = Gatekeeper(Coordinator(Replay(), Reduction()), Record(line=Line(connection=line)))
            found.coordinator.expected = set()
            for name, pid in pids.items():
                connection = stack.enter_context(socket.socket(socket.AF_UNIX))
                found.hello(connection, Introduction(call="", role=Role.GATE, name=name), pid)
            return found

        yield made


def test_wait_by_the_real_clock_is_noticed(keeper: Keeper, sleeper: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtual time does not pass meanwhile, and nobody else gets on."""
    gates = keeper(a=sleeper)
    assert gates.astray(QUIET) == ""

    monkeypatch.setattr(gatekeeper, "LONGEST_PAUSE", 0.0)
    while not (said := gates.astray(QUIET)):
        pass
    assert said == "a wait by the real clock"


def test_worker_that_waits_for_its_turn_is_not_astray(
    keeper: Keeper, sleeper: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its process does."""
    monkeypatch.setattr(gatekeeper, "LONGEST_PAUSE", 0.0)
    gates = keeper(a=sleeper)
    gates.coordinator.asked("a", Request(op=Op.READ, on="n"))

    assert [gates.astray(QUIET) for _ in range(3)] == [""] * 3


def test_long_time_without_a_turn_is_noticed_if_somebody_waits_for_one(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may look again and again at what the other one would change."""
    monkeypatch.setattr(gatekeeper, "LONGEST_SILENCE", 0.0)
    gates = keeper(a=os.getpid(), b=os.getpid())
    assert gates.astray(QUIET) == ""

    gates.coordinator.asked("b", Request(op=Op.ACQUIRE, on="lock", need=("lock", Aspect.FREE), wait=None))
    assert gates.astray(QUIET) == "a long time without a turn"
