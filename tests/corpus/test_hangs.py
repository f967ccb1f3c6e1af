"""Programs that hang are told from those that take their time, wherever they run; a choice of the whole corpus.

All of them, under every start method, as root and as a user: `python -m tests.benchmarks.hangs`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from grader.model.observation import Level
from grader.suite.boxes import Boxes
from tests.corpus.hanging import METHODS, candidates, open_boxes, run

EVERY = {candidate.name: candidate for candidate in candidates()}
# Program -> the call at which it waits, and the word for the cause (older kernels do not tell who was killed).
STUCK = {
    "lock_twice": ("lock.acquire()", "lock-taken-twice"),
    "lock_parent_holds_join": ("Process.join()", "lock-held"),
    "lock_ab_ba": ("with b:", "lock-order"),
    "lock_lost_by_exception": ("lock.acquire()", "child-died"),
    "queue_two_consumers_one_sentinel": ("Queue.get()", "missing-sentinel"),
    "queue_join_before_drain": ("Process.join()", "join-before-drain"),
    "joinable_no_task_done": ("JoinableQueue.join()", "task-done-missing"),
    "manager_lock_held": ("with lock:", "lock-held"),
    "pipe_no_eof_fork": ("Connection.recv()", "pipe-end-open"),
    "pool_worker_killed": ("Pool.map()", "child-died/pool-worker-died"),
    "sigsuspend_alarm_cancelled": ("signal.pause()", ""),
    "sleep_forever": ("time.sleep(100000)", ""),
    "spin_queue_empty": ("while q.empty():", "livelock"),
    "spin_is_set_sleep": ("time.sleep(0.05)", "livelock"),
    "poll_get_timeout": ("Queue.get()", "livelock"),
    "hands_on_at_once": ("Queue.get()", "livelock"),
    "poll_and_handle": ("Connection.poll()", "livelock"),
    "wait_for_ready": ("connection.wait()", "livelock"),
    "spin_two_sides": ("time.sleep(0.01)", "livelock"),
}
MOVING = (
    "alarm_default_kills_child",
    "bounded_while_counter",
    "counts_before_it_gets",
    "deadline_poll_loop",
    "helper_with_state",
    "manager_slow",
    "poll_and_count",
    "retries_in_handler",
    "socket_rcvtimeo",
    "spin_alarm_sets_flag",
    "spin_is_set_setter",
    "spin_value_setter_cpu",
)
ANYWHERE = ("queue_two_consumers_one_sentinel", "spin_value", "pool_lock_in_parent", "manager_slow")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="needs Linux: other kernels do not say what a thread waits in"
)


@pytest.fixture(scope="module")
def boxes() -> Iterator[Boxes]:
    """One box without walls."""
    opened = open_boxes(Level.NONE)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", STUCK)
def test_a_program_that_hangs_is_proved_to_and_told_why(boxes: Boxes, name: str) -> None:
    """With the line at which it waits, the call, and the cause where it can be known."""
    call, cause = STUCK[name]

    record = run(boxes, EVERY[name], "fork")

    assert record.stop in EVERY[name].expected
    assert call in "\n".join(waiting.where for waiting in record.stuck)
    assert (record.cause.code if record.cause else "") in cause.split("/")


@pytest.mark.parametrize("name", MOVING)
def test_a_program_that_takes_its_time_is_let_alone(boxes: Boxes, name: str) -> None:
    """Until it has come to its own end."""
    assert run(boxes, EVERY[name], "fork").stop in EVERY[name].expected


@pytest.mark.parametrize("method", METHODS[1:])
@pytest.mark.parametrize("name", ANYWHERE)
def test_the_start_method_makes_no_difference(boxes: Boxes, name: str, method: str) -> None:
    """Neither to what is proved nor to what is told."""
    record = run(boxes, EVERY[name], method)

    assert record.stop in EVERY[name].expected
    assert bool(record.stuck) == EVERY[name].hangs


def test_every_program_of_the_corpus_says_what_it_is() -> None:
    """In one sentence; the benchmark runs them all."""
    hanging = [candidate for candidate in EVERY.values() if candidate.hangs]

    assert (len(hanging), len(EVERY) - len(hanging)) == (87, 79)
    assert all(candidate.sentence.endswith(".") for candidate in EVERY.values())
