"""What attempts that hang cost: fifty in one process, ten of them hanging, against the forty that do not.

`python -m tests.benchmarks.hanging_attempts [--alive 40] [--hanging 10]`. The aim is a ratio of at most 2. Both are
timed in turn within one run, so that what else the machine does weighs on both.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from grader.course.find import exercise_folders
from grader.course.read import read_exercise
from grader.course.texts import read_stub
from grader.grading.one import grade_one
from grader.grading.plan import make_plan
from grader.intake.collect import collect
from grader.model.attempt import Attempt, Outcome
from grader.model.exercise import Exercise
from grader.model.observation import Level

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "solutions/ex03_lock/accepted/with_lock.py"
HANGS = ROOT / "solutions/ex03_lock/rejected/lock_taken_twice.py"
AIM = 2.0


def grade(exercise: Exercise, file: Path) -> tuple[Attempt, float]:
    """One attempt, and how long it took."""
    began = time.monotonic()
    submission = collect(file, exercise, read_stub(exercise.folder), own_syntax=True)
    attempt = grade_one(
        make_plan(exercise, submission, seed=7, python=None, demanded=Level.NONE),
        on_event=lambda _event: None,
        report_json=None,
    )
    return attempt, time.monotonic() - began


def main() -> int:
    """Measure and print; 1 if the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alive", type=int, default=40)
    parser.add_argument("--hanging", type=int, default=10)
    options = parser.parse_args()
    exercise = next(found for found in map(read_exercise, exercise_folders(ROOT / "exercises")) if found.id == "ex03")
    alive, hanging = 0.0, 0.0
    every = options.alive // options.hanging
    for number in range(options.alive):
        alive += grade(exercise, RIGHT)[1]
        if number % every == 0:
            attempt, seconds = grade(exercise, HANGS)
            assert any(result.outcome is Outcome.HUNG for result in attempt.results)
            hanging += seconds
    ratio = (alive + hanging) / alive
    print(f"{options.alive} attempts {alive:.1f} s; with {options.hanging} that hang {alive + hanging:.1f} s")
    print(f"ratio {ratio:.2f} (aim: at most {AIM}); one that hangs takes {hanging / options.hanging:.2f} s")
    return int(ratio > AIM)


if __name__ == "__main__":
    sys.exit(main())
