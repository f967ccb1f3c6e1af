"""A gradebook of the tiny course without a minute of grading: attempts are put in as the grader would write them."""

from __future__ import annotations

from pathlib import Path

from grader.course.read import read_exercise
from grader.gradebook.store import Store
from grader.grading.plan import make_plan
from grader.model.attempt import Attempt, Blame, CheckResult, Diagnosis, Outcome, Site, Verdict, Versions
from grader.model.grade import Run
from grader.model.message import say
from grader.model.observation import Isolation, Level
from grader.model.submission import Submission
from grader.report.attempt_json import Audience, document

TINY = Path(__file__).parents[1] / "courses" / "tiny"
EXERCISE = read_exercise(TINY / "ex90_tiny")
LOST = Diagnosis(
    code="lost-update",
    title=say("One process wrote over what another had just written"),
    sentence=say("`counter.value += 1` is a read and a write."),
    next_step=say("Put the whole line under `with lock:`."),
    sites=(Site(file="ex90.py", line=2),),
)


def attempt(points: float) -> Attempt:
    """Of ex90, with the checks passed that come to so many points from the first on; the others failed."""
    results, left = [], points
    for check in EXERCISE.checks:
        passed = left >= check.points
        left -= check.points if passed else 0
        results.append(
            CheckResult(
                check=check.id,
                outcome=Outcome.PASSED if passed else Outcome.FAILED,
                diagnoses=() if passed else (LOST,),
                duration=0.5,
            )
        )
    assert left == 0, "no checks come to so many points"
    verdict = Verdict.ACCEPTED if points == 10 else Verdict.PARTIAL if points else Verdict.REJECTED
    return Attempt(
        id=f"{points:g}", plan_key="", exercise="ex90", verdict=verdict, points=points, max_points=10.0,
        blame=Blame.STUDENT if points < 10 else None, results=tuple(results), problems=(),
        isolation=Isolation(level=Level.USER), seed=1, started_at=0.0, duration=1.5,
        versions=Versions(grader="1", python="3.11", exercise=EXERCISE.digest),
    )  # fmt: skip


def put(store: Store, run: Run, student: str, points: float | None, **more: object) -> str:
    """A file of that student for ex90, graded unless points are None; the key of its attempt."""
    source = f"# {student}\ndef double(n): return n * 2\n".encode()
    fields = {"origin": f"{student}/ex90.py", "source": source, "digest": f"d-{student}", **more}
    submission = Submission(exercise="ex90", students=(student,), **fields)  # type: ignore[arg-type]  # spread
    plan = make_plan(EXERCISE, submission, seed=run.seed, python=None, demanded=None)
    store.expect(run, [(submission, plan)], {student: f"name of {student}"})
    if points is not None:
        store.keep(plan.key, document(attempt(points), EXERCISE, audience=Audience.INSTRUCTOR))
    return plan.key


def gradebook(folder: Path, *runs: dict[str, float | None]) -> Path:
    """A gradebook in `folder` with these runs added, each with a seed of its own: points by student."""
    with Store(folder / "gradebook.db") as store:
        for number, points in enumerate(runs, start=1 + len(store.runs())):
            run = store.begin_run(started_at=float(number), seed=number, source="/class", layout="plain")
            for student, earned in points.items():
                put(store, run, student, earned)
    return folder
