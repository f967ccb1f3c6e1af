"""The program printed something."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite found something on standard output."""
    if not evidence.has("printed", "printed-output"):
        return None
    lines = habits.prints(evidence.source, evidence.functions)
    shown = evidence.result.observation.stdout if evidence.result.observation else ""
    first = readable(next((line for line in shown.splitlines() if line.strip()), ""))
    if first:
        sentence = say("The functions of the contract print nothing; this was printed: {text}", text=first)
    else:
        sentence = say("The functions of the contract print nothing, but something was printed.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)


RULE = Rule(
    code="printed-output",
    title=say("Something was printed"),
    next_step=say('Take the `print` calls out, or move them under `if __name__ == "__main__":`.'),
    find=find,
)
