"""A replay is told step by step: who did what at which line, and what stands afterwards."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from grader.model.attempt import CheckResult, Outcome
from grader.model.exercise import StartMethod
from grader.model.message import say
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.model.witness import Witness
from grader.report.pen import Pen
from grader.report.walk import Pause, go_on, tell
from tests.report.samples import DEADLOCK, EXERCISE, LOST_UPDATE
from tests.report.test_standing import FED

FED_WITNESS = Witness(schedule=(), steps=FED)
SOURCE = "\n".join(f"line_{number}()" for number in range(1, 30))


def plan() -> Plan:
    """A plan for a file of numbered lines."""
    submission = Submission(exercise="ex03", origin="ex03.py", source=SOURCE.encode(), digest="s", problems=())
    return Plan(
        exercise=EXERCISE,
        submission=submission,
        start_methods=(StartMethod.FORK,),
        seed=1,
        python="python",
        slots=1,
        demanded=Level.NONE,
        key="k",
    )


def told(
    witness: Witness,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    pause: Pause = go_on,
    outcome: Outcome = Outcome.FAILED,
) -> str:
    """What stands in the terminal."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    result = CheckResult(check="keeps_every_update", outcome=outcome, witness=witness)
    console = Console(file=out, width=width, color_system=None, highlight=False, markup=False)
    tell((plan(), result, [say("It failed again, in the same way.")]), Pen(console), "en", pause=pause)
    out.seek(0)
    return out.read()


def test_each_step_stands_in_its_lane_with_its_line_and_what_it_changed() -> None:
    """A reader sees the value change and the update vanish."""
    lines = told(LOST_UPDATE).splitlines()
    read = next(place for place, line in enumerate(lines) if "reads counter: 5" in line)

    assert "out of date from step 5 on" in lines[read + 1]
    assert lines[read + 2].split() == ["9", ">", "line_9()"]
    assert lines[read + 3].split() == ["=", "counter", "=", "5"]
    assert lines[-1] == "It failed again, in the same way."


def test_a_mended_program_is_not_called_wrong() -> None:
    """The steps are shown; what was wrong in them is told only if it is."""
    failed, passed = (told(FED_WITNESS, outcome=outcome) for outcome in (Outcome.FAILED, Outcome.PASSED))

    assert "In this order the program does what the check does not allow." in failed
    assert "In this order" not in passed
    assert "2 in queue-1" in passed


def test_a_wait_without_a_step_is_told_whole() -> None:
    """In as many lines of its lane as it needs."""
    waits = tuple(replace(one, resource="lock of the first of many accounts") for one in DEADLOCK.blocked)
    text = told(replace(DEADLOCK, blocked=waits, steps=DEADLOCK.steps[:2]), width=70)

    assert "…" not in text
    assert text.count("accounts") == len(waits)


def test_holders_and_queues_are_told() -> None:
    """Who has which lock, how much is in which queue."""
    assert "lock-1 is held by first" in told(DEADLOCK)
    assert "2 in queue-1" in told(FED_WITNESS)


def test_pause_is_asked_after_each_step_until_it_lets_go() -> None:
    """Enter shows one more, anything else the rest."""
    asked: list[tuple[int, int]] = []

    def pause(step: int, of: int) -> bool:
        asked.append((step, of))
        return step < 3

    text = told(LOST_UPDATE, pause=pause)

    assert asked == [(1, 8), (2, 8), (3, 8)]
    assert "ends" in text


@pytest.mark.parametrize("width", [24, 40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "gbk"])
def test_any_terminal_will_do(width: int, encoding: str) -> None:
    """Where there is no room for lanes it is a list, where there are no glyphs it is ASCII; nothing is too long."""
    lines = told(DEADLOCK, width=width, encoding=encoding).splitlines()

    assert max(map(len, lines)) <= max(width, 24)


def test_without_a_witness_only_the_conclusion_is_told() -> None:
    """A program that takes other steps now has none."""
    out = io.StringIO()
    result = CheckResult(check="keeps_every_update", outcome=Outcome.INCONCLUSIVE)
    tell(
        (replace(plan(), key="x"), result, [say("It could not be replayed.")]),
        Pen(Console(file=out)),
        "en",
        pause=go_on,
    )

    assert out.getvalue().splitlines()[-1] == "It could not be replayed."
    assert Path(EXERCISE.file_name).name == "ex03.py"
