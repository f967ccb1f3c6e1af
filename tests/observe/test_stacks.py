"""What a process tells of its stacks is read strictly; a process that could be harmed is not asked."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.inside.vocabulary import STACK_FRAMES
from grader.observe import kernel
from grader.observe.stacks import MOST_THREADS, Frame, Stacks, parse
from tests.observe.starting import Start, heard, python

INSIDE = Path(__file__).parents[2] / "grader"
TOLD = b"""Thread 0x00007f0000000001 (most recent call first):
  File "/usr/lib/python3.11/multiprocessing/queues.py", line 245 in _feed
  File "/usr/lib/python3.11/threading.py", line 982 in run

Current thread 0x00007f0000000002 (most recent call first):
  File "/box/sub/ex90.py", line 7 in work
  File "/usr/lib/python3.11/multiprocessing/process.py", line 314 in _bootstrap
  File "/box/inside/zygote.py", line 90 in serve
"""
TELLS = (
    f"import sys; sys.path.insert(0, {str(INSIDE)!r})\nimport os\nfrom inside.stacks import tell_on_request\n"
    "tell_on_request(int(sys.argv[1]))\ndef work():\n    print('up', flush=True); os.read(0, 1)\nwork()\n"
)
PAUSES = TELLS.replace("os.read(0, 1)", "sum(range(10_000_000)); import signal; signal.pause()")


@pytest.fixture
def stacks() -> Iterator[Stacks]:
    """The examiner's end."""
    opened = Stacks({})
    yield opened
    opened.close()


def test_the_thread_that_was_asked_comes_first() -> None:
    """And a forked process ends where its own life began."""
    main, feeder = parse(TOLD)

    assert [frame.function for frame in main] == ["work", "_bootstrap"]
    assert main[0] == Frame("/box/sub/ex90.py", 7, "work")
    assert [frame.function for frame in feeder] == ["_feed", "run"]


@pytest.mark.parametrize("lie", [b"hello\n", b'  File "x", line 7 in f\n', b"\xff\xfe\n" * 10, b""])
def test_what_is_no_stack_is_none(lie: bytes) -> None:
    """Whatever a program writes into the pipe."""
    assert parse(lie) == ()


def test_what_follows_a_line_that_faulthandler_did_not_write_is_not_read() -> None:
    """Somebody else wrote in between."""
    assert [len(stack) for stack in parse(TOLD.replace(b"\n  File", b"\nhello\n  File", 1))] == [0]


def test_a_flood_is_cut() -> None:
    """Neither threads nor frames without end."""
    head, frame = TOLD.splitlines(keepends=True)[:2]

    assert len(parse((head + b"\n") * 5_000)) <= MOST_THREADS
    assert len(parse(head + frame * 5_000)[0]) <= STACK_FRAMES


def test_a_process_tells_where_it_waits_and_goes_on_waiting(start: Start, stacks: Stacks) -> None:
    """It answers twice, and ends when it is let go."""
    process = start(*python(TELLS), str(stacks.writer), stdin=subprocess.PIPE, pass_fds=(stacks.writer,))
    assert heard(process) == "up"

    for _ in range(2):
        told = stacks.of(process.pid)
        assert [frame.function for frame in told[0]] == ["work", "<module>"]
        assert stacks.of_living(process.pid, runs=False) == told[0]
        assert stacks.of_living(process.pid, runs=True) == told[0]
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == 0


def test_a_process_without_the_handler_is_left_in_peace(start: Start, stacks: Stacks) -> None:
    """The signal would kill it."""
    process = start(*python("import os; print('up', flush=True); os.read(0, 1)"), stdin=subprocess.PIPE)
    assert heard(process) == "up"

    assert stacks.of(process.pid) == ()
    assert stacks.of_living(process.pid, runs=False) == ()
    assert process.poll() is None


def test_who_computes_and_then_waits_for_a_signal_still_waits(start: Start, stacks: Stacks) -> None:
    """Whenever it is asked for its stack meanwhile: any signal would end such a wait."""
    process = start(*python(PAUSES), str(stacks.writer), stdin=subprocess.PIPE, pass_fds=(stacks.writer,))
    assert heard(process) == "up"

    while not isinstance(call := kernel.syscall(process.pid, process.pid), kernel.Absent) and call.name != "pause":
        stacks.of_living(process.pid, runs=True)
    for _ in range(20):
        assert stacks.of_living(process.pid, runs=True) == ()
    process.send_signal(signal.SIGTERM)
    assert process.wait() == -signal.SIGTERM


@pytest.mark.parametrize(
    "held_back",
    [
        "signal.set_wakeup_fd(os.pipe2(os.O_NONBLOCK)[1])",
        "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())",
    ],
)
def test_who_is_woken_by_signals_is_not_woken_by_ours(start: Start, stacks: Stacks, held_back: str) -> None:
    """A worker that ends on the first byte of its wakeup descriptor ended when it was asked where it is."""
    text = TELLS.replace("\ndef work", f"\nimport signal\n{held_back}\ndef work")
    process = start(*python(text), str(stacks.writer), stdin=subprocess.PIPE, pass_fds=(stacks.writer,))
    assert heard(process) == "up"

    assert stacks.of_living(process.pid, runs=False) == ()
    assert "\nShdPnd:\t0000000000000000\n" in kernel.text(f"/proc/{process.pid}/status")


def test_a_process_whose_descriptor_is_something_else_by_now_is_not_asked(start: Start, stacks: Stacks) -> None:
    """The handler would write into a file of the program's."""
    closes = TELLS.replace("print('up'", "os.dup2(1, 400); print('up'")
    process = start(*python(closes), str(stacks.writer), stdin=subprocess.PIPE, pass_fds=(stacks.writer,))
    assert heard(process) == "up"

    assert stacks.of(process.pid) == ()
