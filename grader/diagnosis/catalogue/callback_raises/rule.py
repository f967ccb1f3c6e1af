"""A callback raised, and the thread of the pool that delivers results died of it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the thread's traceback is there."""
    return point_at(
        evidence,
        evidence.calls("apply_async", "map_async", "starmap_async"),
        (
            say(
                "A callback given at {file}:{line} raised; the one thread that delivers results ended with it, and "
                "nothing is delivered any more."
            ),
            say(
                "A callback raised; the one thread that delivers results ended with it, and nothing is delivered "
                "any more."
            ),
        ),
        sure=evidence.has("callback-raises") or evidence.says("in _handle_results"),
    )


RULE = Rule(
    code="callback-raises",
    title=say("A callback that raises stops all others"),
    next_step=say("Catch everything inside the callback, note it, and raise it after all have been delivered."),
    find=find,
)
