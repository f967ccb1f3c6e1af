"""The program wrote more than can be kept."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say
from grader.model.observation import Stop


def find(evidence: Evidence) -> Finding | None:
    """The limit for output was reached."""
    if not evidence.has("output-flood") and not evidence.stopped(Stop.OUTPUT):
        return None
    lines = habits.prints(evidence.source, evidence.functions)
    sentence = say("The program wrote so much that it was stopped.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)


RULE = Rule(
    code="output-flood",
    title=say("Far too much was printed"),
    next_step=say("Look for a `print` in a loop, and for an exception that is raised and reported again and again."),
    find=find,
    instead_of=("printed-output", "deadline", "crashed"),
)
