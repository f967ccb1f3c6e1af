"""What is left out makes no difference: the reduced search reaches every end that the full one reaches."""

from __future__ import annotations

import pytest

from grader.schedule.reduction import Reduction
from tests.corpus.engine import Engine, Specimen
from tests.schedule.by_hand import Unreduced

CAP = 3_000
SMALL = [
    Specimen(module="locks", function="wrong_without_lock", known=""),
    Specimen(module="queues", function="wrong_empty_means_done", known=""),
    Specimen(module="channels", function="wrong_poll_means_done", known=""),
    Specimen(module="endings", function="wrong_kills_before_it_is_done", known=""),
]


@pytest.mark.parametrize("specimen", SMALL, ids=str)
def test_no_end_is_lost(engine: Engine, specimen: Specimen) -> None:
    """Same answers, same deadlocks; `python -m tests.corpus.unreduced` asks it of the whole corpus."""
    reduced = engine.end_states(specimen, Reduction(), preemptions=1, cap=CAP)
    full = engine.end_states(specimen, Unreduced(), preemptions=1, cap=CAP)

    assert full <= reduced
