"""The call had not come to an end when its time was over."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.attempt import Outcome
from grader.model.message import say
from grader.model.observation import Stop


def find(evidence: Evidence) -> Finding | None:
    """The deadline passed without a proof that nothing could move."""
    late = evidence.ended(Outcome.TIMEOUT) or evidence.stopped(Stop.DEADLINE, Stop.CPU) or evidence.has("deadline")
    if not late:
        return None
    seconds = evidence.result.observation.wall if evidence.result.observation else evidence.result.duration
    if evidence.stopped(Stop.CPU):
        assert evidence.result.observation
        spent = say(
            "All its processes together had used more than {seconds} seconds of CPU time, and it was stopped.",
            seconds=evidence.result.observation.note,
        )
        return Finding(sentence=spent, sites=evidence.result.sites, weight=Weight.GENERAL)
    sentence = say("It had not come to an end after {seconds} seconds, and was stopped.", seconds=round(seconds, 1))
    return Finding(sentence=sentence, sites=evidence.result.sites, weight=Weight.GENERAL)


RULE = Rule(
    code="deadline",
    title=say("The time was over"),
    next_step=say("Look for a loop that never ends, or one that looks again and again instead of waiting."),
    find=find,
)
