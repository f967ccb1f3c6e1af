"""A lock or queue for threads was used between processes."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or such a lock could not be pickled."""
    return point_at(
        evidence,
        evidence.calls("Thread", "Queue", "Lock", "Event"),
        (
            say(
                "What was to be shared is made for threads (look at {file}:{line}): another process gets a copy of "
                "its own, or none."
            ),
            say("What was to be shared is made for threads: another process gets a copy of its own, or none."),
        ),
        sure=evidence.has("thread-primitive")
        or evidence.says("'_thread.lock'", "'_thread.RLock'", "_queue.SimpleQueue"),
    )


RULE = Rule(
    code="thread-primitive",
    title=say("A lock or queue for threads"),
    next_step=say("Take `Lock`, `Queue` and `Event` from `multiprocessing`, not from `threading` or `queue`."),
    find=find,
    instead_of=("unpicklable-target", "child-died"),
)
