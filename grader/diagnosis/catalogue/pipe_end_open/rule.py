"""Somebody still holds an end of a pipe that should be closed, so the other side sees no end."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and the ends of a pipe are never closed."""
    return point_at(
        evidence,
        waiting_habits.leaves_pipe_ends_open(evidence.source, evidence.functions),
        (
            say(
                "Both ends made at {file}:{line} are still open in this process, and under fork in each child: who "
                "waits for `EOFError` waits for ever."
            ),
            say("Somebody still held the other end of the pipe, so that `EOFError` never came."),
        ),
        sure=evidence.has("pipe-end-open"),
        likely=evidence.is_stuck and not evidence.blocked,
    )


RULE = Rule(
    code="pipe-end-open",
    title=say("An end of the pipe was left open"),
    next_step=say("After `start()` close the child's end in the parent, and in the child the parent's end."),
    find=find,
)
