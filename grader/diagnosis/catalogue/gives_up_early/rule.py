"""It gave up before the time was over."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite measured that it did not wait as long as it was told."""
    if not evidence.has("waited-too-short", "gives-up-early"):
        return None
    source, functions = evidence.source, evidence.functions
    lines = habits.impatient_waits(source, functions) or habits.looks_before_acting(source, functions)
    if lines:
        sentence = say(
            "It gave up before the time was over; {file}:{line} does not wait at all.",
            file=evidence.file_name,
            line=lines[0],
        )
    else:
        sentence = say("It gave up before the time was over: what came within the limit was not waited for.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)


RULE = Rule(
    code="gives-up-early",
    title=say("It gives up too early"),
    next_step=say("Wait with `timeout=seconds` in one call, instead of looking once or using a `_nowait` call."),
    find=find,
    instead_of=("exception-swallowed",),
)
