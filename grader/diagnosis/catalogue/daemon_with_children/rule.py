"""A daemon, like each worker of a pool, may not start processes."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or multiprocessing refused it."""
    return point_at(
        evidence,
        evidence.calls("start", "Pool"),
        (
            say("{file}:{line} starts a process in one that is a daemon; workers of a pool are daemons, too."),
            say("A process was to be started in one that is a daemon; workers of a pool are daemons, too."),
        ),
        sure=evidence.has("daemon-with-children")
        or evidence.says("daemonic processes are not allowed to have children"),
    )


RULE = Rule(
    code="daemon-with-children",
    title=say("A daemon may not start processes"),
    next_step=say("Start the processes from the parent, or make the starter an ordinary process."),
    find=find,
    instead_of=("child-died",),
)
