"""What is known of the resources steers the search: who holds what, what may be possible now."""

from __future__ import annotations

import pytest

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.shadow import Shadow
from grader.schedule.workers import News, Status, Worker

FEEDER = "feeder of queue-1 in main"


def test_news_say_what_holds() -> None:
    """What nobody told is not known."""
    shadow = Shadow()
    shadow.news("a", [News(on="lock-1", aspect=Aspect.FREE, holds=False)])

    assert shadow.holds(("lock-1", Aspect.FREE)) is False
    assert shadow.holds(("lock-2", Aspect.FREE)) is None
    assert shadow.holds(("clock", Aspect.NEVER)) is False


def test_version_grows_when_something_may_have_changed() -> None:
    """The same news twice are none; `it may have changed` always is."""
    shadow = Shadow()
    versions = []
    for holds in (True, True, False, None, None):
        shadow.news("a", [News(on="r", aspect=Aspect.ITEMS, holds=holds)])
        versions.append(shadow.version("r"))

    assert versions == [1, 1, 2, 3, 4]


def test_holder_is_who_acquired_last_and_did_not_release() -> None:
    """A semaphore may have several; who releases what another one took frees it."""
    shadow = Shadow()
    shadow.did("a", Op.ACQUIRE, "s", ("True",))
    shadow.did("b", Op.ACQUIRE, "s", ("True",))

    assert (shadow.holder("s"), shadow.held_by("b")) == ("a", ("s",))

    shadow.did("a", Op.RELEASE, "s", ())
    shadow.did("c", Op.RELEASE, "s", ())

    assert (shadow.holder("s"), shadow.held_by("b")) == ("", ())


def test_release_of_what_nobody_holds_changes_no_holder() -> None:
    """A semaphore may be released before it was ever acquired."""
    shadow = Shadow()
    shadow.did("a", Op.RELEASE, "s", ())

    assert shadow.holder("s") == ""


@pytest.mark.parametrize(
    ("op", "seen", "effect"),
    [
        (Op.ACQUIRE, ("True",), True),
        (Op.ACQUIRE, ("False",), False),
        (Op.GET, (), False),
        (Op.GET, ("5",), True),
        (Op.PUT, ("True",), True),
        (Op.READ, ("5",), False),
        (Op.EMPTY, ("True",), False),
        (Op.IS_ALIVE, (), False),
        (Op.WRITE, (), True),
    ],
)
def test_effect_is_what_others_can_see(op: Op, seen: tuple[str, ...], *, effect: bool) -> None:
    """Looks and tries in vain are none: a loop of them waits for others."""
    shadow = Shadow()
    shadow.did("a", op, "r", seen)

    assert shadow.effects == int(effect)


def test_feeder_must_flush_what_was_put() -> None:
    """Until it has asked for its turn; afterwards the policy decides."""
    shadow = Shadow()
    feeder = Worker(name=FEEDER, status=Status.IDLE)

    assert not shadow.must_flush({FEEDER: feeder})

    shadow.feed([FEEDER])

    assert shadow.must_flush({})
    assert shadow.must_flush({FEEDER: feeder})
    assert shadow.flushes_of("main")
    assert not shadow.flushes_of("main/1")
    assert shadow.holds((FEEDER, Aspect.FLUSHED)) is False

    feeder.status = Status.ASKING

    assert not shadow.must_flush({FEEDER: feeder})

    shadow.flushed(FEEDER)

    assert shadow.holds((FEEDER, Aspect.FLUSHED)) is True


def test_end_of_a_process_ends_its_feeders() -> None:
    """What it did not flush is lost."""
    shadow = Shadow()
    shadow.feed([FEEDER, "feeder of queue-1 in main/1"])
    shadow.ended("main")

    assert shadow.holds(("main", Aspect.GONE)) is True
    assert not shadow.flushes_of("main")
    assert shadow.flushes_of("main/1")
