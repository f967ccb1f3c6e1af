"""More ran, or were under way, at the same time than the contract allows."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite counted more at the same time than the limit."""
    if not evidence.has("too-many-at-once", "too-many"):
        return None
    expected, actual = readable(evidence.result.expected or ""), readable(evidence.result.actual or "")
    if expected and actual:
        sentence = say("At the same time there were {actual}; allowed: {expected}.", actual=actual, expected=expected)
    else:
        sentence = say("More were under way at the same time than the limit allows.")
    sites = evidence.at(*(evidence.source.line_of(name) for name in evidence.functions))
    return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED)


RULE = Rule(
    code="too-many-at-once",
    title=say("Too many at once"),
    next_step=say(
        "Take one place of the semaphore (or of the bounded queue) before each begins, and give it back only when that"
        " one has ended."
    ),
    find=find,
)
