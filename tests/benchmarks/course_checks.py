"""The checks of `course_suite.py` as check50 runs them; `comparison.py` copies both into a problem of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import check50
import check50.py

sys.path.insert(0, str(Path(__file__).parent))
import course_suite

LIMIT = 10


def checked(test: Callable[[ModuleType], None]) -> None:
    """Run a check of the suite on the submission; what it asserts is a failure, not an error of check50."""
    try:
        test(check50.py.import_("ex03.py"))
    except AssertionError as error:
        raise check50.Failure(str(error)) from error


@check50.check(timeout=LIMIT)
def adds_times() -> None:
    """Adds as often as asked."""
    checked(course_suite.test_adds_times)


@check50.check(timeout=LIMIT)
def keeps_every_addition() -> None:
    """Keeps every addition."""
    checked(course_suite.test_keeps_every_addition)


@check50.check(timeout=LIMIT)
def counts_together() -> None:
    """Counts together."""
    checked(course_suite.test_counts_together)


@check50.check(timeout=LIMIT)
def updates_in_one_step() -> None:
    """Updates in one step."""
    checked(course_suite.test_updates_in_one_step)


@check50.check(timeout=LIMIT)
def survives_a_failing_change() -> None:
    """Survives a failing change."""
    checked(course_suite.test_survives_a_failing_change)


@check50.check(timeout=LIMIT)
def keeps_every_result() -> None:
    """Keeps every result."""
    checked(course_suite.test_keeps_every_result)
