"""What is said of a process that does not end: each way to wait for it, and to end it, leads one step further."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.model.attempt import CheckResult, Outcome, Site
from grader.model.message import say
from grader.model.observation import Fallen, LeftBehind, Remainder, Stop, Waiting
from tests.diagnosis.cases import explain, failed, seen

BODY = """
def work_on(job, seconds):
    child = Process(target=job)
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.terminate()
"""
LAST = 7
DEAD = LeftBehind(kind=Remainder.ZOMBIE, name="python")
ALIVE = LeftBehind(kind=Remainder.PROCESS, name="python")


def stuck_in_join(line: int) -> CheckResult:
    """Everybody waits for ever, one of them in a `join()` of this line."""
    waiting = Waiting(sentence=say("-"), where=f"MainProcess: Process.join() (ex90.py:{line})", line=line)
    observation = seen(Stop.HUNG, stuck=(waiting,))
    sites = (Site(file="ex90.py", line=line),)
    return replace(failed("stuck"), outcome=Outcome.HUNG, observation=observation, sites=sites)


def test_who_has_only_asked_is_told_so_at_that_line() -> None:
    """Not at the line that started the process: that one is right."""
    (only,) = explain(failed("left-zombie", left_behind=(DEAD,)), BODY)

    assert only.code == "terminate-ignored"
    assert [site.line for site in only.sites] == [LAST]
    assert "kill()" in str(only.next_step)


def test_who_waits_for_one_that_ignores_it_is_told_that_it_can() -> None:
    """Nobody is sent to a queue that the exercise does not have."""
    (only,) = explain(stuck_in_join(LAST + 1), BODY + "        child.join()\n")

    assert only.code == "terminate-ignored"
    assert [site.line for site in only.sites] == [LAST + 1]
    assert "queue" not in str(only.next_step)


def test_who_waits_with_a_limit_is_told_both() -> None:
    """The signal can be ignored, and the limit can run out: that is no missing `join`, whatever was left of it."""
    for fact, left in (("left-process", ALIVE), ("left-zombie", DEAD)):
        found = explain(failed(fact, left_behind=(left,)), BODY + "        child.join(timeout=seconds)\n")

        assert [one.code for one in found] == ["terminate-ignored", "join-timeout-trusted"]
        assert [site.line for site in found[1].sites] == [LAST + 1]


def test_who_kills_and_does_not_wait_is_told_to_wait() -> None:
    """SIGKILL is never ignored; what is missing is the wait."""
    (only,) = explain(failed("left-zombie", left_behind=(DEAD,)), BODY.replace("terminate", "kill"))

    assert only.code == "child-left-behind"


def test_a_join_that_is_asked_after_is_not_trusted() -> None:
    """Also when it is asked at the head of the loop that the join stands in."""
    loop = "def work_on(child, seconds):\n    while child.is_alive():\n        child.join(seconds)\n"

    assert [one.code for one in explain(failed("wrong-value", expected="1", actual="2"), loop)] == []


def test_a_join_without_the_limit_is_not_sent_to_a_queue() -> None:
    """The step names the call that waits, with the name of the limit."""
    forgetful = "def work_on(job, seconds):\n    child = Process(target=job)\n    child.start()\n    child.join()\n"
    (only,) = explain(stuck_in_join(4), forgetful)

    assert only.code == "timeout-ignored"
    assert "process.join(seconds)" in str(only.next_step)


def test_a_target_that_raised_when_it_was_called_is_told_before_the_crash() -> None:
    """The exception came through the line in which the target is called."""
    source = "def work_on(job):\n    Process(target=job()).start()\n"
    result = failed("raised", actual="SystemExit: 54", sites=(Site(file="ex90.py", line=2),))

    assert [one.code for one in explain(result, source)] == ["target-called"]
    assert [one.code for one in explain(replace(result, sites=(Site(file="ex90.py", line=1),)), source)] == ["crashed"]


def test_nobody_is_sent_to_a_traceback_that_is_not_shown() -> None:
    """Where the program wrote none, the step is about the marked line, or about a call by hand."""
    told = failed("raised", actual="KeyError: 1", observation=seen(stderr="Traceback (most recent call last):\nx"))
    marked = failed("raised", actual="KeyError: 1", sites=(Site(file="ex90.py", line=1),))
    steps = [str(explain(result)[0].next_step) for result in (told, marked, failed("raised", actual="KeyError: 1"))]

    assert "traceback" in steps[0]
    assert "marked line" in steps[1]
    assert "Call the function" in steps[2]


DONE = "def work_on(tasks):\n    while tasks.get() != 'STOP':\n        tasks.task_done()\n    tasks.task_done()\n"


@pytest.mark.parametrize(
    ("call", "fallen", "told"),
    [
        ("JoinableQueue.join()", (), True),
        ("Queue.get()", (), False),
        ("Queue.get()", (Fallen(who="worker", error="KeyError: 1"),), True),
    ],
)
def test_who_waits_for_an_item_does_not_wait_for_it_to_be_acknowledged(
    call: str, fallen: tuple[Fallen, ...], *, told: bool
) -> None:
    """Unless the one who had it has died: then it is neither put on nor acknowledged."""
    waiting = Waiting(sentence=say("-"), where=f"MainProcess: {call} (ex90.py:2)", line=2)
    observation = seen(Stop.HUNG, stuck=(waiting,), fallen=fallen)
    result = replace(failed("stuck"), outcome=Outcome.HUNG, observation=observation)

    assert ("task-done-missing" in [found.code for found in explain(result, DONE)]) is told


@pytest.mark.parametrize(("error", "told"), [("BufferError: cannot close", True), ("TypeError: no multiple", False)])
def test_a_block_that_stays_open_as_its_process_dies_is_not_the_matter(error: str, *, told: bool) -> None:
    """What it died of is; that the block could not be closed is said by the library while the process ends."""
    observation = seen(fallen=(Fallen(who="Process-1", error=error),), stderr="cannot close exported pointers exist")
    result = replace(failed("wrong-value"), observation=observation)

    assert ("shared-memory-not-closed" in [found.code for found in explain(result)]) is told
