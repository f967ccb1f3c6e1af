"""Exercises that submissions are looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.read import read_exercise
from grader.intake.inbox import Asked

EXERCISES = Path(__file__).parents[2] / "exercises"


@pytest.fixture
def asked() -> Callable[..., tuple[Asked, ...]]:
    """The named exercises of the course."""

    def asked(*slugs: str) -> tuple[Asked, ...]:
        folders = [EXERCISES / slug for slug in slugs or ("ex03_lock",)]
        return tuple(
            Asked(exercise=read_exercise(folder), stub=(folder / "stub.py").read_bytes()) for folder in folders
        )

    return asked
