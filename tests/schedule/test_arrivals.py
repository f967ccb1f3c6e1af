"""What is known does not depend on which of two running processes was faster."""

from __future__ import annotations

from grader.inside.vocabulary import Op
from grader.schedule.coordinator import Coordinator
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.schedule.workers import Request


def test_a_child_may_end_before_its_birth_is_told() -> None:
    """Its parent tells it with its next request: nobody waits for who is gone already."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.hello("main")
    coordinator.hello("main/1")
    coordinator.gone("main/1")
    coordinator.asked("main", Request(op=Op.READ, on="counter", born=("main/1",)))

    assert coordinator.quiet()


def test_which_process_was_faster_teaches_nothing() -> None:
    """Two workers that run at once ask in either order: what commutes afterwards is the same."""
    known = []
    for order in (("a", "b"), ("b", "a")):
        reduction = Reduction()
        coordinator = Coordinator(Replay(), reduction)
        coordinator.expected = {"a", "b"}
        asks = {"a": Request(op=Op.IS_ALIVE, on="b"), "b": Request(op=Op.READ, on="counter")}
        for name in order:
            coordinator.hello(name)
        for name in order:
            coordinator.asked(name, asks[name])
        coordinator.advance()
        known.append([reduction.commutes(name, request) for name, request in asks.items()])

    assert known[0] == known[1]
