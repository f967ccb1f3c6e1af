"""A process that sleeps is asked whether an alarm is set, and sleeps on."""

from __future__ import annotations

import os
import platform
import select
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.observe import alarm, kernel
from grader.observe.hang import Watch
from tests.observe.starting import PROVED_WITHIN, Start, heard, python

ROUNDS = 300
LATE = 4000  # looks
# Answered by the interpreter itself: a handler in Python waits for the next signal if it comes just before a call.
ANSWERS = """
import os, signal
signal.signal(signal.SIGUSR1, lambda *_: None)
os.set_blocking(1, False)
signal.set_wakeup_fd(1, warn_on_full_buffer=False)
print("up", flush=True)
os.read(0, 1)
"""
WAITS = "import os, signal; {}; print('up', flush=True); os.read(0, 1)"


@pytest.fixture(autouse=True)
def asking() -> None:
    """It is done by ptrace, register by register."""
    if platform.machine() != "x86_64":
        pytest.skip("needs x86_64: on other machines only who is prepared for an alarm is known")


def asleep(start: Start, before: str) -> subprocess.Popen[bytes]:
    """A process that has done something and waits for its standard input now."""
    process = start(*python(WAITS.format(before)), stdin=subprocess.PIPE)
    assert heard(process) == "up"
    while (call := kernel.syscall(process.pid, process.pid)) == kernel.Syscall("running"):
        assert not isinstance(call, kernel.Absent)
    return process


def test_an_alarm_that_nobody_catches_is_known(start: Start) -> None:
    """It is the one that /proc tells nothing of: it will end the process."""
    process = asleep(start, "signal.setitimer(signal.ITIMER_REAL, 500)")

    left = alarm.seconds_left(process.pid)

    assert left is not None
    assert 400 < left <= 500


def test_an_alarm_that_was_taken_back_is_none(start: Start) -> None:
    """Although the process still catches it."""
    process = asleep(start, "signal.signal(signal.SIGALRM, print); signal.alarm(500); signal.alarm(0)")

    assert alarm.seconds_left(process.pid) == 0


def test_who_was_asked_goes_on_as_if_nothing_had_been(start: Start) -> None:
    """It waits in its call, and ends when that ends."""
    process = asleep(start, "pass")
    for _ in range(20):
        alarm.seconds_left(process.pid)

    process.communicate(b"\n")

    assert process.returncode == 0


def test_no_signal_is_lost_while_a_process_is_asked(start: Start) -> None:
    """It arrives, whenever it was sent: one that was swallowed could have been the end of a process."""
    process = start(*python(ANSWERS), stdin=subprocess.PIPE)
    assert heard(process) == "up"
    assert process.stdout is not None

    with ThreadPoolExecutor(1) as beside:
        for _ in range(ROUNDS):
            asked = beside.submit(alarm.seconds_left, process.pid)
            os.kill(process.pid, signal.SIGUSR1)
            assert select.select([process.stdout], [], [], PROVED_WITHIN)[0]
            assert os.read(process.stdout.fileno(), 1) == bytes([signal.SIGUSR1])
            asked.result()


def test_a_process_that_stops_late_is_waited_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who goes away before leaves it stopped for good: it looked stuck, on a busy machine."""
    process = asleep(start, "pass")
    waitpid, early = os.waitpid, iter(range(LATE))

    def late(pid: int, options: int) -> tuple[int, int]:
        return (0, 0) if options & os.WNOHANG and next(early, None) is not None else waitpid(pid, options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "waitpid", late)
        assert alarm.seconds_left(process.pid) == 0

    process.communicate(b"\n")
    assert process.returncode == 0


def test_who_must_not_be_traced_is_not_asked(start: Start) -> None:
    """Number 0 is nobody."""
    assert alarm.seconds_left(0) is None


@pytest.mark.parametrize(
    ("before", "stuck"), [("signal.alarm(500)", False), ("signal.alarm(500); signal.alarm(0)", True)]
)
def test_a_program_with_an_alarm_is_not_stuck(start: Start, before: str, *, stuck: bool) -> None:
    """One without is."""
    process = asleep(start, before)
    watch = Watch(process.pid)

    proof = watch.until(lambda: "alarm may be set" in watch.against, seconds=PROVED_WITHIN)

    assert (proof is not None) == stuck
