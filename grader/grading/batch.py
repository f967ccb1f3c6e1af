"""A class graded: what is due is graded and kept as it comes, what was graded before is taken from the gradebook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.errors import GraderFault
from grader.gradebook.store import Run, Store
from grader.grading.many import grade_many
from grader.grading.plan import make_plan
from grader.intake.inbox import Inbox
from grader.model.attempt import Attempt, Verdict
from grader.model.exercise import Exercise
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.report.attempt_json import Audience, document


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under which a class is graded; the seed of all attempts is the run's."""

    demanded: Level
    slots: int
    python: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One attempt that came to its end just now, and all the submissions that it is the attempt of.

    Two students who hand in the same bytes are graded once. `attempt` is our fault where there is none.
    """

    submissions: tuple[Submission, ...]
    exercise: Exercise
    attempt: Attempt | GraderFault


def plans_of(
    inbox: Inbox, exercises: Mapping[str, Exercise], run: Run, how: Conditions
) -> tuple[tuple[Submission, Plan], ...]:
    """What shall be done for each submission; the key of a plan is that of its attempt in the gradebook."""
    return tuple(
        (
            submission,
            make_plan(
                exercises[submission.exercise],
                submission,
                seed=run.seed,
                python=how.python,
                demanded=how.demanded,
                slots=1,
            ),
        )
        for submission in inbox.submissions
    )


def grade_class(planned: Sequence[tuple[Submission, Plan]], store: Store, slots: int) -> Iterator[Graded]:
    """Grade what is not in the gradebook yet; each attempt is kept before it is told."""
    owners: dict[str, list[Submission]] = {}
    plans: dict[str, Plan] = {}
    for submission, plan in planned:
        owners.setdefault(plan.key, []).append(submission)
        plans[plan.key] = plan
    due = [plan for key, plan in plans.items() if store.attempt(key) is None]
    if not due:
        return
    with contextlib.closing(grade_many(due, slots=min(slots, len(due)))) as running:
        for number, attempt in running:
            plan = due[number]
            if isinstance(attempt, Attempt) and attempt.verdict is not Verdict.NOT_GRADED:
                store.keep(plan.key, document(attempt, plan.exercise, audience=Audience.INSTRUCTOR))
            yield Graded(submissions=tuple(owners[plan.key]), exercise=plan.exercise, attempt=attempt)
