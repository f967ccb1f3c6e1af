"""The trace is what a viewer of the Trace Event Format expects: fields, phases, pairs, order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.model.witness import Witness
from grader.report.trace_json import trace
from tests.report.samples import DEADLOCK, LOST_UPDATE
from tests.report.test_standing import FED

WITNESSES = {
    "deadlock": DEADLOCK,
    "lost_update": LOST_UPDATE,
    "queue": Witness(schedule=(), steps=FED),
    "nothing": Witness(schedule=(), steps=()),
}
# https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU: fields by phase
FIELDS = {
    "M": {"args"},
    "X": {"dur"},
    "s": {"id", "cat"},
    "f": {"id", "cat", "bp"},
    "C": {"args"},
}
COMMON = {"ph", "name", "ts", "pid", "tid"}


def events(witness: Witness) -> list[dict[str, Any]]:
    """The events as a viewer reads them."""
    document = json.loads(json.dumps(trace(witness)))
    assert set(document) == {"displayTimeUnit", "traceEvents"}
    found: list[dict[str, Any]] = document["traceEvents"]
    return found


@pytest.mark.parametrize("name", WITNESSES)
def test_every_event_has_the_fields_of_its_phase(name: str) -> None:
    """Times are microseconds, numbers are numbers, nothing is missing."""
    for event in events(WITNESSES[name]):
        assert COMMON | FIELDS[event["ph"]] <= set(event)
        assert isinstance(event["name"], str)
        assert all(isinstance(event[field], int) and event[field] >= 0 for field in ("ts", "pid", "tid"))
        assert event.get("dur", 1) > 0


@pytest.mark.parametrize("name", WITNESSES)
def test_every_thread_that_does_something_has_a_name(name: str) -> None:
    """A viewer shows the student's names, in the order of their first steps."""
    found = events(WITNESSES[name])
    named = {event["tid"] for event in found if event["name"] == "thread_name"}

    assert {event["tid"] for event in found if event["ph"] == "X"} <= named


def test_flows_come_in_pairs_and_go_forward() -> None:
    """An arrow begins at the step that puts and ends at the step that takes."""
    flows = [event for event in events(WITNESSES["queue"]) if event["ph"] in "sf"]
    starts = {event["id"]: event["ts"] for event in flows if event["ph"] == "s"}
    ends = {event["id"]: event["ts"] for event in flows if event["ph"] == "f"}

    assert starts.keys() == ends.keys() == {6, 7}
    assert all(starts[number] < ends[number] for number in starts)


def test_holding_a_lock_is_a_slice_around_the_steps() -> None:
    """The slice of a lock that is never released lasts beyond the last step."""
    found = events(DEADLOCK)
    holds = next(event for event in found if event["name"] == "holds lock-1")

    assert holds["ts"] + holds["dur"] > max(event["ts"] for event in found if event.get("cat") == "waits")
