"""The engine finds what is wrong every time, finds nothing where nothing is wrong, and says what it cannot see."""

from __future__ import annotations

import pytest

from grader.model.attempt import Evidence, Outcome
from grader.model.witness import witness_of
from tests.corpus.engine import Engine, Specimen, specimens

REPEATS = 3
RIGHT, WRONG, OUTSIDE = specimens("right"), specimens("wrong"), specimens("outside")
POINTER = Specimen(module="values", function="outside_pointer", known="counter changed without a turn to write it")


def test_corpus_is_large_enough() -> None:
    """A claim about programs needs programs: each wrong one says how it is found."""
    assert len(RIGHT) >= 60
    assert len(WRONG) >= 60
    assert [str(specimen) for specimen in WRONG + OUTSIDE if not specimen.known] == []


@pytest.mark.parametrize("specimen", RIGHT, ids=str)
def test_right_program_passes_under_every_schedule(engine: Engine, specimen: Specimen) -> None:
    """Whatever it does: all schedules with at most two preemptions were executed, and measured."""
    finding = engine.explore(specimen, probes=False)

    assert (finding.outcome, finding.message, finding.outside) == (Outcome.PASSED, "", ())
    assert finding.evidence is Evidence.MEASURED
    assert finding.explored is not None
    assert (finding.explored.complete, finding.explored.preemptions) == (True, 2)


@pytest.mark.parametrize("specimen", WRONG, ids=str)
def test_wrong_program_is_found_every_time_in_the_same_way(engine: Engine, specimen: Specimen) -> None:
    """No luck: the first witness is the same one in each repeat, step by step, and its text replays it."""
    findings = [engine.explore(specimen, probes=False) for _ in range(REPEATS)]
    first = findings[0]

    assert first.outcome == specimen.known, first.message
    assert "defines no" not in first.message
    assert first.witness is not None
    assert first.witness.steps
    assert (first.outcome is Outcome.HUNG) == bool(first.witness.blocked)
    assert [finding.witness for finding in findings] == [first.witness] * REPEATS
    assert [finding.explored for finding in findings] == [first.explored] * REPEATS
    assert engine.replay(specimen, witness_of(str(first.witness))) == first.witness


@pytest.mark.parametrize("specimen", OUTSIDE, ids=str)
def test_what_is_outside_the_gates_is_said(engine: Engine, specimen: Specimen) -> None:
    """Without free runs that is no verdict; it is never a pass."""
    finding = engine.explore(specimen, probes=False)

    assert (finding.outcome, finding.outside) == (Outcome.INCONCLUSIVE, (specimen.known,))
    assert finding.message == f"{specimen.known} is outside what can be explored"


def test_free_runs_decide_what_is_outside_the_gates(engine: Engine) -> None:
    """A pass then rests on probes, and says so."""
    finding = engine.explore(Specimen(module="events", function="outside_subprocess", known=""))

    assert (finding.outcome, finding.evidence, finding.free_runs) == (Outcome.PASSED, Evidence.PROBES, 1)
    assert finding.outside == ("a subprocess",)


@pytest.mark.parametrize(
    ("function", "outcome"), [("right_add_with_lock", Outcome.PASSED), ("wrong_add_without_lock", Outcome.FAILED)]
)
def test_counter_is_read_by_the_examiner_itself(engine: Engine, function: str, outcome: Outcome) -> None:
    """What the program says about its counter is not asked; one free run per start method follows what passed."""
    specimen = Specimen(module="values", function=function, known="")
    finding = engine.explore(specimen, "two_on_a_counter")

    assert (finding.outcome, finding.evidence, finding.outside) == (outcome, Evidence.MEASURED, ())
    assert finding.free_runs == (1 if outcome is Outcome.PASSED else 0)


def test_memory_that_changes_behind_the_gates_is_never_a_pass(engine: Engine) -> None:
    """Free runs can prove such a program wrong, but not right."""
    finding = engine.explore(POINTER, "two_on_a_counter")

    assert (finding.outcome, finding.outside) == (Outcome.INCONCLUSIVE, (POINTER.known,))


def test_circle_of_locks_is_told_with_holders_and_lines(engine: Engine) -> None:
    """Who waits for what, who holds it, at which line of the student's file."""
    finding = engine.explore(Specimen(module="locks", function="wrong_two_orders", known=""), probes=False)

    assert finding.witness is not None
    circle = {blocked.worker: blocked for blocked in finding.witness.blocked if blocked.op == "acquire"}
    assert {name: (blocked.resource, blocked.held_by, blocked.holds) for name, blocked in circle.items()} == {
        "main/1": ("lock-2", "main/2", ("lock-1",)),
        "main/2": ("lock-1", "main/1", ("lock-2",)),
    }
    assert len({blocked.line for blocked in circle.values()}) == 1
