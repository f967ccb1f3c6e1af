"""`join(timeout)` was taken for success."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or something was left or is wrong, and a timed join is not checked."""
    return point_at(
        evidence,
        process_habits.trusts_timed_join(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} waits with a limit, and goes on as if the process had ended; `join` returns None in "
                "either case."
            ),
            say("After a timed `join` the process was taken for ended, but it still ran."),
        ),
        sure=evidence.has("join-timeout-trusted"),
        likely=evidence.has("left-process", "left-zombie", "wrong-value"),
    )


RULE = Rule(
    code="join-timeout-trusted",
    title=say("join(timeout) does not tell whether it ended"),
    next_step=say("After `join(seconds)` ask `is_alive()` or `exitcode`: None means that it still runs."),
    find=find,
    instead_of=("child-left-behind",),
)
