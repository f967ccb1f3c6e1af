"""Who could end a wait is told from what the descriptor leads to."""

from __future__ import annotations

import os
import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from grader.observe.descriptors import wait_on
from grader.observe.waits import Call, Kind, World

US = os.getpid()
WORLD = World(frozenset({US}))


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    """Closes what a test opened."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def pipe(closing: ExitStack) -> int:
    """The reading end of a pipe of this process."""
    reader, writer = os.pipe()
    closing.callback(os.close, reader)
    closing.callback(os.close, writer)
    return reader


@pytest.fixture
def pair(closing: ExitStack) -> socket.socket:
    """One end of a pair of sockets of this process."""
    ours, theirs = socket.socketpair()
    closing.enter_context(ours)
    closing.enter_context(theirs)
    return ours


def call(name: str = "read") -> Call:
    """A call of this process, as if it waited."""
    return Call(US, US, name, (0,) * 6)


def test_a_pipe_is_of_the_tree_unless_it_is_named(pipe: int) -> None:
    """By its type and its inode."""
    named = World(WORLD.members, frozenset({("pipe", os.fstat(pipe).st_ino)}))

    assert wait_on(call(), [pipe], WORLD).kind is Kind.BLOCKED
    assert wait_on(call(), [pipe], named).kind is Kind.EXTERNAL


def test_one_descriptor_outside_is_enough_to_be_woken(pipe: int, pair: socket.socket) -> None:
    """A wait for several ends with the first."""
    named = World(WORLD.members, frozenset({("socket", os.fstat(pair.fileno()).st_ino)}))

    assert wait_on(call("poll"), [pipe, pair.fileno()], named).kind is Kind.EXTERNAL


def test_a_socket_is_noted_to_be_asked_for_its_timers(pair: socket.socket) -> None:
    """Its inode is what the tables of the network know it by."""
    found = wait_on(call("recvfrom"), [pair.fileno()], WORLD)

    assert found.kind is Kind.BLOCKED
    assert found.sockets == (os.fstat(pair.fileno()).st_ino,)


def test_a_limit_set_on_the_socket_is_a_limit(pair: socket.socket) -> None:
    """It counts for receiving, not for sending or for asking whether there is something."""
    pair.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 1, 0))

    assert wait_on(call("recvfrom"), [pair.fileno()], WORLD).kind is Kind.TIMED
    assert wait_on(call("sendto"), [pair.fileno()], WORLD).kind is Kind.BLOCKED
    assert wait_on(call("poll"), [pair.fileno()], WORLD).kind is Kind.BLOCKED


def test_an_epoll_waits_for_what_it_watches(closing: ExitStack, pipe: int) -> None:
    """Also if it is watched by another one."""
    inner, outer = closing.enter_context(select.epoll()), closing.enter_context(select.epoll())
    inner.register(pipe)
    outer.register(inner.fileno())
    named = World(WORLD.members, frozenset({("pipe", os.fstat(pipe).st_ino)}))

    assert wait_on(call("epoll_wait"), [outer.fileno()], WORLD).kind is Kind.BLOCKED
    assert wait_on(call("epoll_wait"), [outer.fileno()], named).kind is Kind.EXTERNAL


def test_the_end_of_a_process_outside_may_come_any_time(closing: ExitStack) -> None:
    """That of a member comes from the tree."""
    ours, parent = os.pidfd_open(US), os.pidfd_open(os.getppid())
    closing.callback(os.close, ours)
    closing.callback(os.close, parent)

    assert wait_on(call("poll"), [ours], WORLD).kind is Kind.BLOCKED
    assert wait_on(call("poll"), [parent], WORLD).kind is Kind.EXTERNAL


def test_a_device_is_in_the_hands_of_others(closing: ExitStack) -> None:
    """A terminal's user may press a key."""
    ours, theirs = os.openpty()
    closing.callback(os.close, ours)
    closing.callback(os.close, theirs)

    assert wait_on(call(), [theirs], WORLD).kind is Kind.EXTERNAL


def test_a_descriptor_that_is_not_there_proves_nothing() -> None:
    """It was closed while we looked, or never open."""
    assert wait_on(call(), [99_999], WORLD).kind is Kind.UNKNOWN


def test_a_wait_for_nothing_at_all_never_ends() -> None:
    """`select([], [], [])` is a way to stop for good."""
    assert wait_on(call("poll"), [], WORLD).kind is Kind.BLOCKED
