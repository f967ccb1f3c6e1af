"""A worker asks; whether a turn would get it on is known, or is tried once per change."""

from __future__ import annotations

import pytest

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.shadow import Shadow
from grader.schedule.workers import News, Request, Status, Worker

NEED = ("lock-1", Aspect.FREE)
ACQUIRE = Request(op=Op.ACQUIRE, on="lock-1", need=NEED, wait=2.0)


def told(*, free: bool | None) -> Shadow:
    """A lock of which this is known."""
    shadow = Shadow()
    shadow.news("b", [News(on="lock-1", aspect=Aspect.FREE, holds=free)])
    return shadow


def test_time_limit_counts_from_the_first_time_it_asked() -> None:
    """Asking again keeps the deadline; the next operation has its own."""
    worker = Worker(name="a")
    worker.wants(ACQUIRE, 10.0, Shadow())
    first = worker.deadline
    worker.wants(Request(op=Op.ACQUIRE, on="lock-1", need=NEED, wait=2.0, again=True), 11.0, Shadow())

    assert (first, worker.deadline, worker.status) == (12.0, 12.0, Status.ASKING)

    worker.wants(Request(op=Op.READ, on="n"), 11.0, Shadow())

    assert worker.deadline is None


def test_wait_without_limit_has_no_deadline() -> None:
    """None is for ever."""
    worker = Worker(name="a")
    worker.wants(Request(op=Op.ACQUIRE, on="lock-1", need=NEED, wait=None), 10.0, Shadow())

    assert worker.deadline is None


@pytest.mark.parametrize(("free", "can"), [(True, True), (False, False), (None, True)])
def test_worker_can_go_if_its_need_is_met_or_may_be(*, free: bool | None, can: bool) -> None:
    """What is not known is tried."""
    worker = Worker(name="a")
    worker.wants(ACQUIRE, 0.0, Shadow())

    assert worker.can_go(told(free=free)) is can


def test_unknown_is_tried_once_per_change() -> None:
    """After a try in vain it waits for the next change."""
    shadow, worker = told(free=None), Worker(name="a")
    worker.wants(ACQUIRE, 0.0, shadow)
    worker.wants(Request(op=Op.ACQUIRE, on="lock-1", need=NEED, wait=2.0, again=True), 0.0, shadow)

    assert not worker.can_go(shadow)

    shadow.news("b", [News(on="lock-1", aspect=Aspect.FREE, holds=None)])

    assert worker.can_go(shadow)


def test_worker_without_need_can_always_go() -> None:
    """A write waits for nothing; who asked for nothing is not asked about."""
    worker = Worker(name="a")

    assert worker.can_go(Shadow())

    worker.wants(Request(op=Op.WRITE, on="n"), 0.0, Shadow())

    assert worker.can_go(Shadow())


@pytest.mark.parametrize(
    ("request_", "looks"),
    [
        (Request(op=Op.READ, on="n"), True),
        (Request(op=Op.READ, on="n", need=("n.get_lock()", Aspect.FREE), wait=None), True),
        (Request(op=Op.EMPTY, on="q"), True),
        (Request(op=Op.ACQUIRE, on="l", wait=0.0), True),
        (ACQUIRE, False),
        (Request(op=Op.WRITE, on="n"), False),
        (Request(op=Op.SLEEP, on="clock", wait=1.0), False),
    ],
    ids=str,
)
def test_look_is_what_changes_nothing(request_: Request, *, looks: bool) -> None:
    """A try that does not wait is one, too; a read is one even if it has to wait for a lock."""
    assert request_.looks is looks


def test_only_the_same_look_again_is_in_vain() -> None:
    """Something else, another line, or something done since begins the count anew."""
    worker = Worker(name="a")
    for line in (1, 2, 3):
        worker.has_looked(Request(op=Op.READ, on="n", line=line), changed=False, in_vain=True)

    assert worker.fruitless == 0

    for _ in range(2):
        worker.has_looked(Request(op=Op.READ, on="n", line=1), changed=False, in_vain=True)

    assert worker.fruitless == 2

    worker.has_looked(Request(op=Op.WRITE, on="n", line=1), changed=True, in_vain=False)

    assert worker.fruitless == 0
