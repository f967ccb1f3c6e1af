"""The thread that feeds a queue is a worker of its own: its items are waited for, and it can take its time."""

from __future__ import annotations

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.coordinator import Coordinator, Grant
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.schedule.workers import News, Request


def feeding() -> Coordinator:
    """A process that has put one item into a queue and is on its way out."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    coordinator.hello("main")
    coordinator.asked("main", Request(op=Op.PUT, on="queue-1"))
    coordinator.advance()
    feeder = "feeder of queue-1 in main"
    wants = Request(op=Op.JOIN_THREAD, on="queue-1", need=(feeder, Aspect.FLUSHED), wait=None, fed=(feeder,))
    coordinator.asked("main", wants)
    return coordinator


def test_item_in_a_feeder_is_waited_for() -> None:
    """After a put the feeder has work: nobody gets a turn before it has asked for its own."""
    coordinator = feeding()

    assert not coordinator.quiet()

    coordinator.hello("feeder of queue-1 in main")
    coordinator.asked("feeder of queue-1 in main", Request(op=Op.FLUSH, on="queue-1"))

    assert coordinator.quiet()


def test_flush_is_an_event_of_its_own() -> None:
    """Who waits for the feeder goes on when it has flushed."""
    coordinator = feeding()
    feeder = "feeder of queue-1 in main"
    coordinator.hello(feeder)
    coordinator.asked(feeder, Request(op=Op.FLUSH, on="queue-1"))
    step = coordinator.advance()

    assert isinstance(step, Grant)
    assert step.worker == feeder

    coordinator.asked(feeder, Request(idle=True))
    step = coordinator.advance()

    assert isinstance(step, Grant)
    assert step.worker == "main"


def test_time_passes_for_a_feeder_that_sleeps_while_its_process_ends() -> None:
    """An item can take long to pickle; its process, on its way out, waits for nothing else."""
    coordinator = feeding()
    feeder = "feeder of queue-1 in main"
    coordinator.hello(feeder)
    coordinator.asked("main", Request(leaving=True))
    coordinator.asked(feeder, Request(op=Op.SLEEP, on="clock", need=("clock", Aspect.NEVER), wait=60.0))
    step = coordinator.advance()

    assert isinstance(step, Grant)
    assert (step.worker, step.late, step.time) == (feeder, True, 60.0)


def test_feeder_dies_with_its_process() -> None:
    """What a killed process has not flushed is lost, and nobody waits for it."""
    coordinator = feeding()
    coordinator.hello("b")
    coordinator.asked("b", Request(op=Op.READ, on="n"))
    coordinator.gone("main")

    assert coordinator.quiet()


def test_flush_may_be_heard_after_the_end_of_its_process() -> None:
    """Feeder and process speak on lines of their own; which is heard first is luck, and means nothing."""
    coordinator = feeding()
    feeder = "feeder of queue-1 in main"
    coordinator.hello(feeder)
    coordinator.hello("b")
    coordinator.asked("b", Request(op=Op.READ, on="n"))
    coordinator.gone("main")
    coordinator.asked(feeder, Request(idle=True, news=(News(on="queue-1", aspect=Aspect.ITEMS, holds=True),)))
    coordinator.gone(feeder)

    assert coordinator.quiet()
    assert coordinator.shadow.holds(("queue-1", Aspect.ITEMS))
