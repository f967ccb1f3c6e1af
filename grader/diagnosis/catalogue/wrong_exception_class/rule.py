"""An exception of another module was caught, or does not exist there."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or a module has no such name."""
    return point_at(
        evidence,
        evidence.calls("get", "get_nowait", "put", "put_nowait"),
        (
            say("The exception that comes from {file}:{line} is not the one that is caught."),
            say("The exception that came is not the one that is caught."),
        ),
        sure=evidence.has("wrong-exception-class")
        or evidence.says(
            "module 'multiprocessing' has no attribute 'Empty'",
            "module 'multiprocessing' has no attribute 'Full'",
            "has no attribute 'QueueEmpty'",
            "multiprocessing.context.TimeoutError",
        ),
    )


RULE = Rule(
    code="wrong-exception-class",
    title=say("The exception is another class"),
    next_step=say(
        "`Empty` and `Full` are in the module `queue`; the timeout of a pool is `multiprocessing.TimeoutError`."
    ),
    find=find,
)
