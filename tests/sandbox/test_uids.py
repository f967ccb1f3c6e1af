"""Uids that root gives to boxes."""

from __future__ import annotations

import os
from contextlib import ExitStack

import pytest

from grader.errors import GraderFault
from grader.sandbox import uids
from grader.sandbox.uids import own_uid


def test_no_two_boxes_have_the_same_uid(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim holds until its box is closed; then the uid may be used again."""
    monkeypatch.setattr(uids, "_reserved", lambda: range(1_900_000_600, 1_900_000_602))
    with own_uid() as first, own_uid() as second:
        assert first != second
        both = {first, second}
    with own_uid() as again:
        assert again in both


def test_no_box_gets_a_uid_of_a_person_or_of_the_system() -> None:
    """The ranges are outside of what distributions hand out."""
    with own_uid() as uid:
        assert uid in uids.HIGH_RANGE or uid in uids.LOW_RANGE


def test_a_uid_is_not_given_away_while_somebody_dead_is_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has ended and was not reaped counts for the limit of processes: a box that followed could not fork."""
    if os.geteuid() != 0:
        pytest.skip("only root has uids to give away")
    free, taken = 1_900_000_600, 1_900_000_601
    monkeypatch.setattr(uids, "_reserved", lambda: range(free, taken + 1))
    monkeypatch.setattr(uids, "_reap", lambda _: None)  # it is somebody else's child
    dead = os.fork()
    if dead == 0:
        os.setresuid(taken, taken, taken)
        os._exit(0)
    os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)
    for _ in range(10):
        with own_uid() as uid:
            assert uid == free
    os.waitpid(dead, 0)


def test_too_many_boxes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """When every uid is in use the fault is ours and says so."""
    monkeypatch.setattr(uids, "_reserved", lambda: range(1_900_000_600, 1_900_000_602))
    with ExitStack() as claims:
        for _ in range(2):
            claims.enter_context(own_uid())
        with pytest.raises(GraderFault, match="in use"):
            claims.enter_context(own_uid())
