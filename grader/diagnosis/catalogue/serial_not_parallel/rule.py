"""Calls that should run at the same time ran one after the other."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """Callables that wait for each other did not meet; or all wait, and the source waits for each in turn."""
    lines = habits.waits_for_each_in_turn(evidence.source, evidence.functions)
    stated = evidence.has("serial", "serial-not-parallel", "start-join-in-one-loop")
    if not stated and not (lines and evidence.is_stuck and not evidence.blocked):
        return None
    if lines:
        sentence = say(
            "Calls that wait for each other never met: they run one after the other. {file}:{line} waits for one "
            "before the next is started.",
            file=evidence.file_name,
            line=lines[0],
        )
    else:
        sentence = say("Calls that wait for each other never met: not as many of them run at the same time as should.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED if stated else Weight.LIKELY)


RULE = Rule(
    code="serial-not-parallel",
    title=say("It runs one after the other"),
    next_step=say("Start all of them first, and only then wait for each: two loops, not one."),
    find=find,
    instead_of=("waits-for-ever", "deadline"),
)
