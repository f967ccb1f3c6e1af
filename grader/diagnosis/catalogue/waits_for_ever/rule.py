"""Every process waits for something that can no longer come."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import stuck_outside, waits_for_ever
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """It was proved that nothing can move any more, and no rule knows a better reason."""
    if not evidence.is_stuck:
        return None
    if evidence.blocked:
        sites = evidence.at(*(entry.line for entry in evidence.blocked))
        sentence = waits_for_ever(evidence.blocked, evidence.file_name, evidence.result.message)
        return Finding(sentence=sentence, sites=sites, weight=Weight.GENERAL)
    sites = evidence.result.sites
    if evidence.cause:
        return Finding(sentence=evidence.cause.sentence, sites=sites, weight=Weight.GENERAL)
    if evidence.stuck:
        return Finding(sentence=stuck_outside(evidence.stuck), sites=sites, weight=Weight.GENERAL)
    sentence = say("Every process waits for something that can no longer come.")
    return Finding(sentence=sentence, sites=sites, weight=Weight.GENERAL)


RULE = Rule(
    code="waits-for-ever",
    title=say("Everybody waits for ever"),
    next_step=say(
        "Ask of each wait: who wakes me, and does that one still live? Send an end mark to every reader, and take "
        "everything before `join`."
    ),
    find=find,
    instead_of=("deadline",),
)
