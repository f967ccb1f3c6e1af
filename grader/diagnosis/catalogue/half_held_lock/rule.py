"""An update was lost although a lock was held at the write: the read had come before it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import Guard, first_overwrite
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import overwritten
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """An overwrite whose worker took a lock after its read and before its write."""
    lost = evidence.is_wrong_value and first_overwrite(evidence.steps)
    if lost and lost.guard is Guard.WRITE_ONLY:
        sites = evidence.at(lost.read.line, lost.write.line)
        return Finding(sentence=overwritten(lost, evidence.file_name), sites=sites, weight=Weight.SHOWN)
    if evidence.has("half-held-lock"):
        sentence = say(
            "The lock is held for a part of the change only: another process can come between read and write."
        )
        return Finding(sentence=sentence, weight=Weight.MEASURED)
    return None


RULE = Rule(
    code="half-held-lock",
    title=say("The lock was taken only after the read"),
    next_step=say("Move the line that reads the value inside the same `with lock:` block as the line that writes it."),
    find=find,
    instead_of=("lost-update",),
)
