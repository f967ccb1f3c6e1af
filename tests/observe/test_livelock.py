"""Who is asked for its stack is interrupted: nobody is whom that would change."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.observe import kernel
from grader.observe.hang import Watch
from grader.observe.stacks import Stack
from tests.observe.starting import Start, python

OWN_LIMIT = """
import socket, struct
ours, theirs = socket.socketpair()
ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 3600, 0))
ours.recv(10)
"""
LOOKS = 100


class Asked:
    """A testimony that notes who was asked."""

    sources: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.pids: list[int] = []

    def of_living(self, pid: int, *, runs: bool) -> Stack:  # noqa: ARG002 - as the protocol has it
        """Nothing is told."""
        self.pids.append(pid)
        return ()


@pytest.mark.parametrize(
    ("source", "call", "asked"),
    [
        ("import time; time.sleep(3600)", "clock_nanosleep", 1),
        ("import select; select.select([], [], [], 3600)", "pselect6/select", 1),
        (OWN_LIMIT, "recvfrom", 0),
    ],
)
def test_a_wait_that_would_begin_anew_is_left_alone(start: Start, source: str, call: str, asked: int) -> None:
    """`recv` with the socket's own limit would never end if it were asked every second; `sleep` knows its end."""
    process = start(*python(source))
    while getattr(kernel.syscall(process.pid, process.pid), "name", "") not in call.split("/"):
        assert process.poll() is None
    now, testimony = 0.0, Asked()
    watch = Watch(process.pid, testimony=testimony, clock=lambda: now)
    for _ in range(LOOKS):
        watch.look()
        now += 0.1

    assert len(set(testimony.pids)) == asked
