"""The work was done by fewer processes than were asked for."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite counted too few processes."""
    if not evidence.has("no-processes"):
        return None
    if evidence.result.expected and evidence.result.actual:
        sentence = say(
            "Seen from outside, the number of processes was {actual}; it should be {expected}.",
            actual=readable(evidence.result.actual),
            expected=readable(evidence.result.expected),
        )
    else:
        sentence = say("Seen from outside, fewer processes were started than were asked for.")
    sites = evidence.at(*(evidence.source.line_of(name) for name in evidence.functions))
    return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED)


RULE = Rule(
    code="no-processes",
    title=say("Fewer processes than asked"),
    next_step=say(
        "Start that many processes with `Process(target=...).start()`; `run()` and a direct call stay in the same "
        "process."
    ),
    find=find,
    instead_of=("serial-not-parallel",),
)
