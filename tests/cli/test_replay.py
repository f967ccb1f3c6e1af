"""`grade replay`: which attempt and check, what is said when there is none, what is printed, which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.cli.main import answer
from grader.errors import ExitCode
from grader.grading import one
from grader.model.attempt import CheckResult, Outcome
from grader.model.message import say
from grader.model.plan import Plan
from grader.model.witness import Step, Witness

WITNESS = Witness(
    schedule=("first", "second"),
    steps=(
        Step(worker="first", op="read", resource="counter", line=2, value="5"),
        Step(worker="second", op="write", resource="counter", line=2, value="6"),
    ),
)
ENTRY = {
    "id": "keeps_every_addition",
    "outcome": "failed",
    "message": "the counter: expected 7, got 6",
    "witness": str(WITNESS),
}
Replay = Callable[[Plan], CheckResult]


@pytest.fixture(autouse=True)
def here(tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a student's file, with the tiny course as the course."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))
    monkeypatch.setenv("GRADE_LANG", "en")
    (tmp_path / "ex90.py").write_text("def double(n):\n    return n\n", encoding="utf-8")
    return tmp_path


def attempted(folder: Path, *checks: Mapping[str, object], exercise: str = "ex90") -> None:
    """Leave an attempt behind."""
    last = folder / ".grade" / exercise / "last"
    last.mkdir(parents=True)
    document = {"seed": 7, "plan_key": "another", "checks": list(checks)}
    (last / "attempt.json").write_text(json.dumps(document), encoding="ascii")


def comes_to(outcome: Outcome, message: str, monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Let the replay come to that; the plans that were made."""
    plans: list[Plan] = []

    def replay(plan: Plan) -> CheckResult:
        plans.append(plan)
        said = say("{what}", what=message)
        return CheckResult(check="keeps_every_addition", outcome=outcome, message=said, witness=WITNESS)

    monkeypatch.setattr(one, "replay", replay)
    return plans


def test_the_last_attempt_is_replayed_with_its_seed(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to say what was attempted last; what has changed is said."""
    attempted(here, ENTRY)
    plans = comes_to(Outcome.FAILED, "the counter: expected 7, got 6", monkeypatch)

    assert answer(["replay"]) == ExitCode.NOT_ACCEPTED

    assert plans[0].seed == 7
    assert plans[0].retrace is not None
    assert plans[0].retrace.witness == WITNESS
    said = capsys.readouterr().out
    assert "reads counter: 5" in said
    assert "Your file (or the exercise) has changed since that attempt." in said
    assert "It failed again, in the same way." in said


@pytest.mark.parametrize(
    ("came_to", "code", "sentence"),
    [
        ((Outcome.FAILED, "something else"), ExitCode.NOT_ACCEPTED, "It failed again, but not in the same way"),
        ((Outcome.PASSED, ""), ExitCode.ACCEPTED, "It did not fail this time."),
        ((Outcome.INCONCLUSIVE, "other steps"), ExitCode.INCONCLUSIVE, "It could not be replayed."),
    ],
)
def test_what_it_came_to_is_said_and_is_the_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    came_to: tuple[Outcome, str],
    code: ExitCode,
    sentence: str,
) -> None:
    """The same failure, another one, none, or a schedule that cannot be followed."""
    attempted(Path(), ENTRY)
    comes_to(*came_to, monkeypatch)

    assert answer(["replay", "ex90", "keeps_every_addition", "--all"]) == code
    assert sentence in capsys.readouterr().out


def test_json_is_one_document(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """For tools: what it came to, and the witness again."""
    attempted(here, ENTRY)
    comes_to(Outcome.FAILED, "the counter: expected 7, got 6", monkeypatch)
    answer(["replay", "--json"])

    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["same"], document["changed"]) == ("ipc-grader/replay/1", True, True)
    assert document["witness"] == str(WITNESS)


def test_trace_is_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--trace FILE` opens in a viewer."""
    attempted(here, ENTRY)
    comes_to(Outcome.FAILED, "", monkeypatch)
    answer(["replay", "--trace", "trace.json"])

    names = {event["name"] for event in json.loads((here / "trace.json").read_text(encoding="ascii"))["traceEvents"]}
    assert "reads counter: 5" in names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay"], "there is no attempt yet"),
        (["replay"], "`grade ex90` makes one"),
        (["replay", "ex90"], "there is no attempt at ex90 yet"),
    ],
)
def test_without_an_attempt_there_is_nothing_to_replay(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way out is named."""
    assert answer(arguments) == ExitCode.USAGE
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("entry", "arguments", "said"),
    [
        ({**ENTRY, "witness": None}, ["replay"], "no check of ex90 failed at a schedule"),
        ({**ENTRY, "witness": "nonsense"}, ["replay"], "no check of ex90 failed at a schedule"),
        ({**ENTRY, "id": "no_such_check"}, ["replay"], "no check of ex90 failed at a schedule"),
        (ENTRY, ["replay", "ex90", "doubles"], "'doubles' did not fail at a schedule"),
        (ENTRY, ["replay", "--file", "missing.py"], "missing.py"),
        (ENTRY, ["replay", "--trace", "no/such/folder.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_replayed_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    entry: Mapping[str, object],
    arguments: list[str],
    said: str,
) -> None:
    """A free run has no schedule; an edited file is no reason to crash."""
    attempted(Path(), entry)
    comes_to(Outcome.FAILED, "", monkeypatch)

    assert answer(arguments) == ExitCode.USAGE
    assert said in capsys.readouterr().err
