"""What a run came to is told in sentences, with an outcome that blames nobody for what he did not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.inside.vocabulary import Kind
from grader.model.attempt import Outcome, Site
from grader.model.message import say
from grader.model.observation import LeftBehind, Observation, Remainder, Stop, Waiting
from grader.model.witness import Blocked, Witness
from grader.suite.failure import CheckStopped
from grader.suite.plain import Opaque
from grader.texts import translate
from grader.wire import AnswerFrame, RaisedFrame
from tests.suite.samples import answer, episode, raised, returned


def stop_of(action: Callable[[], object]) -> CheckStopped:
    """How the check stopped."""
    with pytest.raises(CheckStopped) as stopped:
        action()
    return stopped.value


def test_value_is_what_was_returned() -> None:
    """And nothing was raised."""
    run = episode(returned(["tuple", [1, True]]))

    assert (run.value, run.raised, run.seconds) == ((1, True), None, 1.0)


def test_value_of_a_call_that_raised_ends_the_check() -> None:
    """With the student's lines, innermost first; files of others are not named."""
    run = episode(raised("no", 3, 8))
    stop = stop_of(lambda: run.value)

    assert (stop.outcome, str(stop.message), stop.facts) == (Outcome.FAILED, "it raised ValueError: no", ("raised",))
    assert stop.sites == (Site(file="ex90.py", line=8), Site(file="ex90.py", line=3))
    assert run.raised is not None
    assert run.raised.message == "no"


@pytest.mark.parametrize(
    ("files", "blamed"),
    [
        (["/box/scenarios.py"], False),
        (["/box/scenarios.py", "/box/sub/ex90.py"], True),
        (["/box/sub/ex90.py", "/box/scenarios.py"], True),
        (["/box/scenarios.py", "/usr/lib/python3.11/queue.py"], True),
    ],
)
def test_what_our_scenario_raises_over_a_result_is_not_called_the_programs(files: list[str], *, blamed: bool) -> None:
    """Nobody is sent to look for a TypeError that is not raised in his file: the type of the result is the matter."""
    error = RaisedFrame(
        name="builtins.TypeError",
        bases=["builtins.Exception"],
        message="no len",
        args=["tuple", []],
        frames=[(file, 3, "f") for file in files],
    )
    run = episode(AnswerFrame(kind=Kind.RAISED, raised=error))
    stop = stop_of(lambda: run.value)

    sentence = "it raised TypeError: no len" if blamed else "what came back cannot be used as the contract says: "
    assert str(stop.message).startswith(sentence)
    assert stop.facts == (("raised",) if blamed else ("raised", "wrong-type"))


def test_value_that_cannot_be_read_equals_nothing() -> None:
    """It is the program's value, so it fails like a wrong one."""
    assert isinstance(episode(returned(["int", "zz"])).value, Opaque)


@pytest.mark.parametrize(
    ("exit_code", "sentence"),
    [
        (None, "first ended before the function had returned"),
        (-9, "first was killed by signal 9 before the function had returned"),
        (3, "first ended with exit code 3 before the function had returned"),
    ],
)
def test_process_without_answer_has_crashed(exit_code: int | None, sentence: str) -> None:
    """How it ended was measured."""
    stop = stop_of(lambda: answer(None, name="first", exit_code=exit_code).value)

    assert (stop.outcome, str(stop.message), stop.facts) == (Outcome.CRASHED, sentence, ("crashed",))


@pytest.mark.parametrize(
    ("frame", "sentence", "fact"),
    [
        (
            AnswerFrame(kind=Kind.NO_FUNCTION, name="double", names=["duoble", "main"]),
            "ex90.py defines no double, but duoble",
            "missing-function",
        ),
        (
            AnswerFrame(kind=Kind.NO_FUNCTION, name="double", names=["x"]),
            "ex90.py defines no double",
            "missing-function",
        ),
        (
            AnswerFrame(kind=Kind.BAD_CALL, name="double", signature="()", message="too many"),
            "double() cannot be called as the contract says: too many",
            "wrong-signature",
        ),
        (
            AnswerFrame(kind=Kind.NO_IMPORT, raised=raised("no", 2).raised),
            "importing ex90.py raised ValueError: no",
            "import-failed",
        ),
        (AnswerFrame(kind=Kind.NO_IMPORT), "importing ex90.py raised None", "import-failed"),
    ],
)
def test_call_that_could_not_be_made_ends_the_check(frame: AnswerFrame, sentence: str, fact: str) -> None:
    """Asked for or not, also where it was a worker's call."""
    for run in (episode(frame), episode(workers={"first": answer(frame, name="first")})):
        stop = stop_of(run.check)

        assert (stop.outcome, str(stop.message), stop.facts) == (Outcome.FAILED, sentence, (fact,))


WAITS = Waiting(
    sentence=say("{process} waits in {call} ({place}).", process="work", call="Queue.get()", place="ex90.py:5"),
    where="work: Queue.get() (ex90.py:5)",
    line=5,
)


@pytest.mark.parametrize(
    ("observation", "outcome", "fact", "sentence"),
    [
        (
            Observation(stop=Stop.HUNG, stuck=(WAITS,)),
            Outcome.HUNG,
            "stuck",
            "it can never go on: work: Queue.get() (ex90.py:5)",
        ),
        (
            Observation(stop=Stop.LIVELOCK, stuck=(WAITS,)),
            Outcome.HUNG,
            "livelock",
            "it looks for ever at what can never change: work: Queue.get() (ex90.py:5)",
        ),
        (
            Observation(stop=Stop.ASLEEP, stuck=(WAITS,)),
            Outcome.TIMEOUT,
            "deadline",
            "it sleeps until long after its time is over: work",
        ),
        (Observation(stop=Stop.CPU, note="20"), Outcome.TIMEOUT, "deadline", "more than 20 seconds of CPU time"),
        (Observation(stop=Stop.DEADLINE, wall=9.96), Outcome.TIMEOUT, "deadline", "still running after 10.0 seconds"),
        (Observation(stop=Stop.OUTPUT, stdout="abc"), Outcome.CRASHED, "output-flood", "it printed more than"),
        (Observation(stop=Stop.VIOLATION, note="ready twice"), Outcome.FAILED, "violation", "ready twice"),
        (Observation(stop=Stop.EXITED, exit_code=-11), Outcome.CRASHED, "crashed", "killed by signal 11"),
    ],
)
def test_run_without_answer_ends_the_check(
    observation: Observation, outcome: Outcome, fact: str, sentence: str
) -> None:
    """What was measured says how."""
    stop = stop_of(episode(observation=observation).check)

    assert (stop.outcome, stop.facts) == (outcome, (fact,))
    assert sentence in str(stop.message)


@pytest.mark.parametrize("stop", [Stop.ANSWERED, Stop.UNCONTROLLED])
def test_run_with_an_answer_goes_on(stop: Stop) -> None:
    """What is outside the gates is no failure."""
    episode(observation=Observation(stop=stop)).check()


def test_deadlock_names_everybody_who_waits() -> None:
    """And for what, with the lines."""
    blocked = (
        Blocked(worker="first", op="acquire", resource="lock-1", line=4, held_by="second"),
        Blocked(worker="second", op="join", resource="main/1"),
    )
    witness = Witness(schedule=(), steps=(), blocked=blocked)
    run = episode(observation=Observation(stop=Stop.HUNG), explored=True, witness=witness)
    stop = stop_of(run.check)

    assert (stop.outcome, stop.facts, stop.sites) == (Outcome.HUNG, ("deadlock",), (Site(file="ex90.py", line=4),))
    assert (
        str(stop.message)
        == "nobody can ever go on: first: waits for lock-1 (ex90.py:4); second: waits until main/1 ends"
    )
    assert "等待" in translate(stop.message, "zh")


def test_who_raised_is_told_before_who_waits_for_it() -> None:
    """A server that has raised is the reason why its clients wait; their lines would lead astray."""
    workers = {"client": answer(None), "server": answer(raised("no such name", 12))}
    run = episode(observation=Observation(stop=Stop.HUNG, stuck=(WAITS,)), workers=workers)
    stop = stop_of(run.check)

    assert (stop.outcome, stop.facts) == (Outcome.HUNG, ("raised", "stuck"))
    assert stop.sites == (Site(file="ex90.py", line=12),)
    assert str(stop.message).startswith("server raised ValueError: no such name, and now nobody can go on: ")


def test_what_only_a_partner_raised_is_no_reason() -> None:
    """It is the suite's own, and what it raised follows from something else."""
    workers = {"partner": answer(raised("nobody answers"))}
    stop = stop_of(episode(observation=Observation(stop=Stop.HUNG, stuck=(WAITS,)), workers=workers).check)

    assert stop.facts == ("stuck",)


def test_what_is_left_behind_ends_the_check() -> None:
    """Each kind is a fact, once."""
    left = tuple(LeftBehind(kind=Remainder.ZOMBIE, name=name) for name in ("a", "b", "a"))
    stop = stop_of(episode(observation=Observation(stop=Stop.ANSWERED, left_behind=left)).check_left_behind)

    assert (stop.outcome, stop.facts) == (Outcome.FAILED, ("left-zombie",))
    assert str(stop.message) == "left behind: 2 × a process that nobody joined (a), a process that nobody joined (b)"
    assert stop.message.values["names_zh"] == "2 个没有人 join 的进程（a）、没有人 join 的进程（b）"
    episode().check_left_behind()


def test_waits_are_told_with_the_marks_of_their_language() -> None:
    """No half-width colon or semicolon between Chinese words."""
    waits = tuple(Blocked(worker=name, op=op, resource="x", line=3) for name, op in (("a", "join"), ("b", "acquire")))
    hung = Observation(stop=Stop.HUNG)
    witness = Witness(schedule=(), steps=(), blocked=waits)
    stop = stop_of(episode(observation=hung, explored=True, witness=witness).check)
    chinese = str(stop.message.values["where_zh"])

    assert str(stop.message.values["where"]).count("; ") == 1
    assert not any(mark in chinese for mark in (": ", "; ", " ("))
    assert chinese.count("；") == 1
