"""A function of the contract cannot be called with its arguments."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The call was refused before the function began."""
    if not evidence.has("wrong-signature"):
        return None
    name = next((name for name in evidence.functions if evidence.source.function(name)), "")
    if name:
        sentence = say(
            "{name} at {file}:{line} takes ({parameters}), and cannot be called as the contract says.",
            name=name,
            file=evidence.file_name,
            line=evidence.source.line_of(name) or 0,
            parameters=readable(", ".join(evidence.source.parameters(name))),
        )
    else:
        sentence = say("A function of the contract cannot be called with its arguments.")
    return Finding(sentence=sentence, sites=evidence.at(evidence.source.line_of(name)), weight=Weight.SHOWN)


RULE = Rule(
    code="wrong-signature",
    title=say("A function takes other arguments"),
    next_step=say("Give the function the parameters of the contract: the same names, in the same order."),
    find=find,
    instead_of=("crashed",),
)
