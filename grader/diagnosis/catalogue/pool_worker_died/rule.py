"""A worker of a pool died in the middle of its work, and its result never comes."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or a pool said that it is broken."""
    return point_at(
        evidence,
        evidence.calls("get", "map", "result"),
        (
            say(
                "{file}:{line} waits for the result of a worker that has died; a `Pool` starts a new worker, but "
                "the result never comes."
            ),
            say("A worker of the pool died; a `Pool` starts a new one, but the result never comes."),
        ),
        sure=evidence.has("pool-worker-died") or evidence.says("BrokenProcessPool"),
    )


RULE = Rule(
    code="pool-worker-died",
    title=say("A worker of the pool died"),
    next_step=say("Wait with a limit, or use `ProcessPoolExecutor`, which raises `BrokenProcessPool`."),
    find=find,
)
