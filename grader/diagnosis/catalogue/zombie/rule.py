"""A process has ended, and nobody has waited for it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say
from grader.model.observation import Remainder


def find(evidence: Evidence) -> Finding | None:
    """Only dead processes were left."""
    dead = evidence.remains(Remainder.ZOMBIE) and not evidence.remains(Remainder.PROCESS)
    return point_at(
        evidence,
        evidence.calls("start", "fork"),
        (
            say(
                "The process started at {file}:{line} has ended, but nobody has called `join()`: it stays in the "
                "process table."
            ),
            say("A process has ended, but nobody has called `join()`: it stays in the process table."),
        ),
        sure=evidence.has("zombie")
        or (evidence.has("left-zombie") and not evidence.has("left-process") and bool(dead)),
    )


RULE = Rule(
    code="zombie",
    title=say("A process ended and was not reaped"),
    next_step=say("Call `join()` for every process, also after `terminate()` and `kill()`."),
    find=find,
    instead_of=("child-left-behind",),
)
