"""A process is waited for before what it has put was taken, and so cannot end."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and a join comes before every get."""
    return point_at(
        evidence,
        queue_habits.joins_before_taking(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} waits for the process to end before anything is taken from the queue; the process "
                "cannot end before its items have gone into the pipe."
            ),
            say(
                "The process was waited for before its items were taken; it cannot end before they have gone into "
                "the pipe, which is full."
            ),
        ),
        sure=evidence.has("join-before-drain"),
        likely=evidence.is_stuck or evidence.has("deadline"),
    )


RULE = Rule(
    code="join-before-drain",
    title=say("join() before the queue was emptied"),
    next_step=say("Take everything from the queue first, then call `join()`."),
    find=find,
)
