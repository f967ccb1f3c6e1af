"""Workers hold one lock each and wait for each other's."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import circle, taken_at, wanted_lock
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import waits_in_circle
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """A circle of workers, each of which waits for a lock that the next one holds."""
    found = circle(evidence.blocked)
    if found:
        taken = (taken_at(evidence.steps, entry.held_by, wanted_lock(entry)) for entry in found)
        sites = evidence.at(*(step.line for step in taken if step), *(entry.line for entry in found))
        sentence = waits_in_circle(found, evidence.steps, evidence.file_name)
        return Finding(sentence=sentence, sites=sites, weight=Weight.SHOWN)
    if evidence.has("lock-order"):
        sentence = say("Each of two processes holds a lock that the other one waits for.")
        return Finding(sentence=sentence, weight=Weight.MEASURED)
    return None


RULE = Rule(
    code="lock-order",
    title=say("Two locks are taken in different orders"),
    next_step=say(
        "Fix one order for the locks (for example by index: the lower one first) and take them in that order "
        "everywhere."
    ),
    find=find,
    instead_of=("waits-for-ever", "deadline"),
)
