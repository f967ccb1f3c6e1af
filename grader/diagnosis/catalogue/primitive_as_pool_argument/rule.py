"""A lock or queue was sent to a pool as an argument."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or multiprocessing said that it travels by inheritance only."""
    return point_at(
        evidence,
        evidence.calls("apply", "apply_async", "map", "map_async", "starmap", "imap", "imap_unordered", "submit"),
        (
            say(
                "{file}:{line} sends arguments to workers that exist already; a lock or a queue can only be "
                "inherited when a process is made."
            ),
            say(
                "A lock or a queue was sent to a process that existed already; it can only be inherited when a "
                "process is made."
            ),
        ),
        sure=evidence.has("primitive-as-pool-argument")
        or evidence.says("should only be shared between processes through inheritance"),
    )


RULE = Rule(
    code="primitive-as-pool-argument",
    title=say("A lock or queue cannot be sent to a pool"),
    next_step=say(
        "Give it to the pool when it is made: `Pool(initializer=keep, initargs=(lock,))`; or use a "
        "manager's lock or queue."
    ),
    find=find,
    instead_of=("unpicklable-target", "child-died"),
)
