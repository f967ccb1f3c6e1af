"""Turns are taken at once only if nobody could tell when they were taken."""

from __future__ import annotations

import pytest

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.reduction import Reduction
from grader.schedule.workers import Request

READ = Request(op=Op.READ, on="n")
RELEASE = Request(op=Op.RELEASE, on="lock-1")
GET = Request(op=Op.GET, on="queue-1", need=("queue-1", Aspect.ITEMS), wait=None)
FLUSH = Request(op=Op.FLUSH, on="queue-1")


def after(*asked: tuple[str, Request], joined: tuple[str, ...] = ()) -> Reduction:
    """What is known after these requests."""
    reduction = Reduction()
    for worker, request in asked:
        reduction.note(worker, request, joined)
    return reduction


@pytest.mark.parametrize("op", [Op.START, Op.JOIN, Op.JOIN_THREAD, Op.BEGIN, Op.END])
def test_life_of_workers_commutes(op: Op) -> None:
    """Starting and joining decide nothing."""
    assert Reduction().commutes("a", Request(op=op, on="main/1"))


def test_what_one_worker_uses_commutes_until_another_one_does() -> None:
    """Then it is known to be shared, in all later episodes; that was something new."""
    reduction = after(("a", READ))

    assert (reduction.commutes("a", READ), reduction.learned) == (True, False)

    reduction.note("b", READ, ())

    assert (reduction.commutes("a", READ), reduction.learned) == (False, True)

    reduction.begin_episode()

    assert (reduction.commutes("a", READ), reduction.learned) == (False, False)


def test_end_of_a_worker_does_not_pass_on_what_it_used_but_a_join_does() -> None:
    """In another schedule it might not have ended; whoever joined it comes after it in all of them."""
    assert not after(("a", READ), ("b", READ)).commutes("a", READ)
    assert after(("a", READ), ("b", READ), joined=("a",)).commutes("a", READ)


def test_elements_of_an_array_are_one_thing() -> None:
    """Two workers that use different slots share the array, as far as is known without looking at indices."""
    first, second = (Request(op=Op.WRITE, on=f"array-1[{index}]") for index in (0, 1))

    assert not after(("a", first), ("b", second)).commutes("a", first)


def test_locked_access_depends_on_its_lock() -> None:
    """A read of a locked value waits for whoever holds its lock."""
    locked = Request(op=Op.READ, on="n", need=("n.get_lock()", Aspect.FREE), wait=None)
    acquire = Request(op=Op.ACQUIRE, on="n.get_lock()", need=("n.get_lock()", Aspect.FREE), wait=None)

    assert not after(("a", locked), ("b", acquire)).commutes("a", locked)


def test_release_commutes_unless_somebody_tries() -> None:
    """Who only tries whether the lock is free sees when it was released."""
    acquire = Request(op=Op.ACQUIRE, on="lock-1", need=("lock-1", Aspect.FREE), wait=None)
    tries = Request(op=Op.ACQUIRE, on="lock-1", wait=0.0)

    assert after(("a", acquire), ("b", acquire)).commutes("a", RELEASE)

    reduction = after(("a", acquire), ("b", tries))

    assert (reduction.commutes("a", RELEASE), reduction.learned) == (False, True)


def test_one_reader_and_one_writer_of_a_queue_commute_unless_somebody_looks() -> None:
    """Head and tail are apart; `empty` sees both."""
    assert after(("a", GET), ("feeder", FLUSH)).commutes("a", GET)
    assert not after(("a", GET), ("b", GET)).commutes("a", GET)
    assert after(("a", GET), ("b", GET)).commutes("a", FLUSH)

    looked = after(("a", GET), ("feeder", FLUSH), ("b", Request(op=Op.EMPTY, on="queue-1")))

    assert not looked.commutes("a", GET)
    assert not looked.commutes("a", FLUSH)


def test_who_may_be_killed_is_never_hurried() -> None:
    """A signal decides how far its worker comes: each of that one's turns may be its last."""
    killed = after(("a", READ), ("b", Request(op=Op.SIGNAL, on="a")))

    assert not killed.commutes("a", READ)
    assert not killed.commutes("a", Request(op=Op.EXIT, on="a"))
    assert killed.commutes("b", Request(op=Op.EXIT, on="b"))


def test_who_polls_sees_what_is_sent_not_what_it_takes() -> None:
    """Sends, and the end of a process, are choices; the one reader's receives are not."""
    polled = after(("a", Request(op=Op.POLL, on="pipe-1, pipe-2")), ("b", Request(op=Op.SEND, on="pipe-2")))

    assert not polled.commutes("b", Request(op=Op.SEND, on="pipe-2"))
    assert polled.commutes("a", Request(op=Op.RECEIVE, on="pipe-2"))


def test_leaving_a_pipe_is_a_choice_of_whoever_sends_into_it() -> None:
    """To close the reading end matters to a sender; a copy in the sender's own process does not."""
    close = Request(op=Op.CLOSE, on="pipe-1", value="pipe-1")
    send = Request(op=Op.SEND, on="pipe-1")

    assert not after(("a", send), ("b", close)).commutes("b", close)
    assert after(("a", send), ("a", close)).commutes("a", close)


def test_put_into_an_unbounded_queue_commutes() -> None:
    """Only its own feeder sees it; into a bounded one it may have to wait."""
    unbounded = Request(op=Op.PUT, on="queue-1", wait=None)
    bounded = Request(op=Op.PUT, on="queue-2", need=("queue-2", Aspect.ROOM), wait=None)

    assert after(("a", unbounded), ("b", unbounded)).commutes("a", unbounded)
    assert not after(("a", bounded), ("b", bounded)).commutes("a", bounded)


@pytest.mark.parametrize("looked_at", ["b", "all children"])
def test_turns_of_a_worker_whose_life_is_looked_at_do_not_commute(looked_at: str) -> None:
    """`is_alive` tells how far it has come, also where it only used what was its own."""
    reduction = after(("a", Request(op=Op.IS_ALIVE, on=looked_at)), ("b", READ))

    assert not reduction.commutes("a", READ)
    assert reduction.learned
