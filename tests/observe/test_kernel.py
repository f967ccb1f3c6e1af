"""Reading /proc gives facts, and an answer where there are none."""

from __future__ import annotations

import os
import subprocess
import time

import pytest

from grader.observe import kernel
from grader.observe.kernel import Absent, Syscall
from tests.observe.starting import PROVED_WITHIN, Start, heard, python

US = os.getpid()
GONE = 1 << 22  # above the largest number that Linux gives


def test_a_process_that_is_gone_is_an_answer() -> None:
    """No function of this module raises for it."""
    assert kernel.stat(GONE) is None
    assert kernel.turns(GONE, GONE) is None
    assert kernel.threads(GONE) == ()
    assert kernel.command(GONE) == ""
    assert kernel.syscall(GONE, GONE) is Absent.ENDED
    assert kernel.memory(GONE, 0, 8) is None
    assert kernel.descriptor(GONE, 0) is None
    assert kernel.descriptor_inode(GONE, 0) is None
    assert kernel.signals(GONE, GONE, "Cgt") == 0


def test_our_own_process_is_known() -> None:
    """Its parent, its threads, and that it runs."""
    stat = kernel.stat(US)

    assert stat is not None
    assert stat.ppid == os.getppid()
    assert US in kernel.threads(US)


def test_a_name_full_of_brackets_does_not_confuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may call itself what it likes."""
    line = "7 (a) R 1 (x) S 3 " + " ".join("0" for _ in range(17)) + " 99 0 0\n"
    monkeypatch.setattr(kernel, "read", lambda _path: line.encode())

    found = kernel.stat(7)

    assert found is not None
    assert (found.state, found.ppid, found.comm, found.started) == ("S", 3, "a) R 1 (x", 99)


def test_turns_differ_when_a_thread_has_run(start: Start) -> None:
    """And only then."""
    process = start(*python("import os\nwhile os.read(0, 1): print('ran', flush=True)"), stdin=subprocess.PIPE)
    asleep = _asleep_in_read(process)
    assert kernel.turns(process.pid, process.pid) == asleep
    assert process.stdin is not None
    process.stdin.write(b"x")
    process.stdin.flush()
    assert heard(process) == "ran"

    assert _asleep_in_read(process) != asleep


def test_without_schedstat_the_switches_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that has turned it off says three zeros."""
    status = b"Name:\tx\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t2\n"
    monkeypatch.setattr(kernel, "read", lambda path: b"0 0 0\n" if path.endswith("schedstat") else status)

    assert kernel.turns(7, 7) == b"5 2"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"running\n", Syscall("running")),
        (b"-1 0x7ffc 0x7f00\n", Syscall("no call")),
        (
            b"9999 0x1 0x2 0x3 0x4 0x5 0x6 0x7ffc 0x7f00\n",
            Syscall("unknown 9999", (1, 2, 3, 4, 5, 6), (0x7FFC, 0x7F00)),
        ),
    ],
)
def test_a_call_is_read_with_its_arguments(monkeypatch: pytest.MonkeyPatch, line: bytes, expected: Syscall) -> None:
    """And with the place it was made at, which tells it from a later call of the same kind."""
    monkeypatch.setattr(kernel, "read", lambda _path: line)

    assert kernel.syscall(7, 7) == expected


def _asleep_in_read(process: subprocess.Popen[bytes]) -> bytes | None:
    """Look until the process waits, as nobody tells when it has come so far."""
    end = time.monotonic() + PROVED_WITHIN
    while time.monotonic() < end:
        before = kernel.turns(process.pid, process.pid)
        stat, call = kernel.stat(process.pid), kernel.syscall(process.pid, process.pid)
        waits = stat and stat.state == "S" and not isinstance(call, Absent) and call.name == "read"
        # It may have run on between the first reading and the look at its state.
        if waits and kernel.turns(process.pid, process.pid) == before:
            return before
    raise AssertionError("it never came to wait")
