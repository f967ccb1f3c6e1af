"""What came back is of another type than the contract says."""

from __future__ import annotations

from grader.diagnosis.evidence import WRONG_TYPE, Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite saw both types, or nothing could be done with what came."""
    if types := evidence.types:
        wanted, came = types
        return Finding(
            sentence=say("The contract asks for `{wanted}`; what came is `{came}`.", wanted=wanted, came=came),
            weight=Weight.MEASURED,
            next_step=say("Make it `{wanted}`, as the contract says, not `{came}`.", wanted=wanted, came=came),
        )
    if not evidence.has(WRONG_TYPE):
        return None
    return Finding(sentence=say("What came is not of the type that the contract says."), weight=Weight.MEASURED)


RULE = Rule(
    code="wrong-type",
    title=say("It is of another type"),
    next_step=say("Print `type(...)` of what you give back, None included, and compare it with the contract."),
    find=find,
    instead_of=("crashed",),
)
