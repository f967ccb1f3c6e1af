"""A primitive of one start method was handed to a process of another one."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or multiprocessing refused it."""
    return point_at(
        evidence,
        evidence.calls("get_context", "set_start_method"),
        (
            say("{file}:{line} chooses a context, but what is shared comes from another one."),
            say("A lock or queue of one start method was handed to a process of another one."),
        ),
        sure=evidence.has("mixed-contexts") or evidence.says("SemLock created in a"),
    )


RULE = Rule(
    code="mixed-contexts",
    title=say("Two start methods were mixed"),
    next_step=say(
        "Take locks, queues and processes from the same context, or all of them from `multiprocessing` itself."
    ),
    find=find,
    instead_of=("unpicklable-target", "child-died"),
)
