"""A class graded: what is due is graded and kept as it comes, what was graded before is taken from the gradebook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.errors import GraderFault
from grader.gradebook.store import Store
from grader.grading.executors import Runner
from grader.grading.plan import make_plan
from grader.intake.inbox import Inbox
from grader.model.attempt import Attempt, Verdict
from grader.model.exercise import Exercise
from grader.model.grade import Run
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.report.attempt_json import Audience, document
from grader.wire import Malformed, dump, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under which a class is graded; the seed of all attempts is the run's."""

    demanded: Level
    slots: int
    python: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One attempt that came to its end just now, and all the submissions that it is the attempt of.

    Two students who hand in the same bytes are graded once. `attempt` is our fault where there is none. `repeat` is 0
    for the attempt that counts; the others show whether it comes out the same again.
    """

    submissions: tuple[Submission, ...]
    plan_key: str
    exercise: Exercise
    attempt: Attempt | GraderFault
    repeat: int = 0


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


def due(planned: Sequence[tuple[Submission, Plan]], store: Store, repeat: int = 1) -> list[tuple[Plan, int]]:
    """What is not in the gradebook yet, each plan with the number of its attempt; first attempts come first."""
    plans = {plan.key: plan for _, plan in planned}
    return [(plan, time) for time in range(repeat) for key, plan in plans.items() if store.attempt(key, time) is None]


def begins_another(planned: Sequence[tuple[Submission, Plan]], store: Store, run: Run) -> bool:
    """Whether the run had come to its end, and this is about files that nobody had met by then.

    What was cut off is gone on with, whatever was handed in since.
    """
    entries = store.entries(run)
    newest = {(one.student, one.exercise): one.plan_key for one in entries}
    wanted = {(one, submission.exercise): plan.key for submission, plan in planned for one in submission.students}
    mine = [one for one in entries if one.run == run.id]
    unfinished = {one.plan_key for one in mine if one.document is None}
    is_new = any(newest.get(place) != key for place, key in wanted.items())
    return bool(mine) and is_new and not unfinished & {*wanted.values()}


def kept_attempt(store: Store, plan_key: str) -> Attempt | None:
    """The attempt that counts under that key; None if there is none, or one that another grader kept."""
    try:
        facts = store.facts(plan_key)
        return load(facts, Attempt) if facts else None
    except Malformed:
        return None


def grade_class(
    planned: Sequence[tuple[Submission, Plan]], store: Store, run: Runner, repeat: int = 1
) -> Iterator[Graded]:
    """Grade by `run` what is not in the gradebook yet, `repeat` times; each attempt is kept before it is told."""
    owners: dict[str, list[Submission]] = {}
    for submission, plan in planned:
        owners.setdefault(plan.key, []).append(submission)
    wanted = due(planned, store, repeat)
    if not wanted:
        return
    with contextlib.closing(run([plan for plan, _ in wanted])) as running:
        for number, attempt in running:
            plan, time = wanted[number]
            if isinstance(attempt, Attempt) and attempt.verdict is not Verdict.NOT_GRADED:
                told = document(attempt, plan.exercise, audience=Audience.INSTRUCTOR)
                store.keep(plan.key, told, time, facts=dump(attempt))
            yield Graded(
                submissions=tuple(owners[plan.key]),
                plan_key=plan.key,
                exercise=plan.exercise,
                attempt=attempt,
                repeat=time,
            )
