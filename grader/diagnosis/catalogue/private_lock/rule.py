"""An update was lost although everybody held a lock, because they held different ones."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import Guard, first_overwrite
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import overwritten
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """An overwrite between two workers that each held a lock, but not the same one."""
    lost = evidence.is_wrong_value and first_overwrite(evidence.steps)
    if lost and lost.guard is Guard.OTHER_LOCK:
        sites = evidence.at(lost.read.line, lost.write.line, lost.other.line)
        return Finding(sentence=overwritten(lost, evidence.file_name), sites=sites, weight=Weight.SHOWN)
    if evidence.has("private-lock"):
        sentence = say("The processes held different locks: a lock keeps out only those who take the same one.")
        return Finding(sentence=sentence, weight=Weight.MEASURED)
    return None


RULE = Rule(
    code="private-lock",
    title=say("Everybody had a lock of their own"),
    next_step=say(
        "Use the one lock that all processes share: make it once, and hand it to each process as an argument."
    ),
    find=find,
    instead_of=("lost-update", "half-held-lock"),
)
