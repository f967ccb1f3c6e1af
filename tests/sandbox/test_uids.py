"""Uids that root gives to boxes."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from grader.errors import GraderFault
from grader.sandbox import uids
from grader.sandbox.uids import own_uid


def test_no_two_boxes_have_the_same_uid(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim holds until its box is closed; then the uid may be used again."""
    monkeypatch.setattr(uids, "_reserved", lambda: range(1_900_000_600, 1_900_000_602))
    with own_uid(3) as first, own_uid(3) as second:
        assert first != second
        both = {first, second}
    with own_uid(3) as again:
        assert again in both


def test_no_box_gets_a_uid_of_a_person_or_of_the_system() -> None:
    """The ranges are outside of what distributions hand out."""
    with own_uid(0) as uid:
        assert uid in uids.HIGH_RANGE or uid in uids.LOW_RANGE


def test_too_many_boxes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """When every uid is in use the fault is ours and says so."""
    monkeypatch.setattr(uids, "_reserved", lambda: range(1_900_000_600, 1_900_000_602))
    with ExitStack() as claims:
        for _ in range(2):
            claims.enter_context(own_uid(0))
        with pytest.raises(GraderFault, match="in use"):
            claims.enter_context(own_uid(0))
