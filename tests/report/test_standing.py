"""What stands after each step: values, holders, lengths, and the way of each item."""

from __future__ import annotations

from grader.model.witness import Step
from grader.report.standing import handovers, owner_of, standings

FED = (
    Step(worker="first", op="put", resource="queue-1", value="7"),
    Step(worker="second", op="put", resource="queue-1", value="8"),
    Step(worker="feeder of queue-1 in second", op="flush", resource="queue-1"),
    Step(worker="feeder of queue-1 in first", op="flush", resource="queue-1"),
    Step(worker="reader", op="get", resource="queue-1", note="waits"),
    Step(worker="reader", op="get", resource="queue-1", value="8"),
    Step(worker="reader", op="get", resource="queue-1", value="7"),
    Step(worker="reader", op="get", resource="queue-1", note="late"),
)


def test_item_is_traced_to_the_step_that_put_it() -> None:
    """Items come out in the order in which the feeders wrote them, not in that of the puts."""
    assert handovers(FED) == {6: 2, 7: 1}


def test_queue_without_feeder_hands_over_what_was_put() -> None:
    """A SimpleQueue is written by who puts."""
    steps = (
        Step(worker="a", op="put", resource="simplequeue-1", value="7"),
        Step(worker="b", op="get", resource="simplequeue-1", value="7"),
    )

    assert handovers(steps) == {2: 1}


def test_length_counts_what_has_arrived() -> None:
    """An item that was put is in the queue when the feeder has written it, and until it is taken."""
    assert [after.depths.get("queue-1", 0) for after in standings(FED)] == [0, 0, 1, 2, 2, 1, 0, 0]


def test_lock_is_held_from_its_success_to_its_release() -> None:
    """A try that failed holds nothing."""
    steps = (
        Step(worker="a", op="acquire", resource="lock-1", value="True"),
        Step(worker="b", op="acquire", resource="lock-1", value="False"),
        Step(worker="a", op="release", resource="lock-1"),
    )

    assert [after.holders for after in standings(steps)] == [{"lock-1": "a"}, {"lock-1": "a"}, {}]


def test_values_are_those_that_were_seen_or_written() -> None:
    """Nobody asks the memory again: a read tells, too."""
    steps = (
        Step(worker="a", op="read", resource="counter", value="5"),
        Step(worker="b", op="write", resource="counter", value="6"),
    )

    assert [after.values for after in standings(steps)] == [{"counter": "5"}, {"counter": "6"}]


def test_feeder_belongs_to_the_process_that_puts() -> None:
    """It is no lane of its own: no student has written it."""
    assert owner_of("feeder of queue-1 in main/1") == "main/1"
    assert owner_of("first") == "first"
