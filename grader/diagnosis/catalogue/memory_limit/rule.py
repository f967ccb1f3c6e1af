"""The program needed more memory than it may have."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say
from grader.model.observation import Stop


def find(evidence: Evidence) -> Finding | None:
    """The limit for memory was reached, or Python could get no more."""
    known = evidence.has("memory", "memory-limit") or evidence.stopped(Stop.MEMORY)
    if not known and not evidence.error.startswith("MemoryError"):
        return None
    sentence = say("The program asked for more memory than it may use, and was stopped.")
    return Finding(sentence=sentence, sites=evidence.error_sites, weight=Weight.MEASURED)


RULE = Rule(
    code="memory-limit",
    title=say("Too much memory was used"),
    next_step=say("Look for a list or a queue that grows without end, and for processes that are started in a loop."),
    find=find,
    instead_of=("crashed", "child-died", "deadline"),
)
