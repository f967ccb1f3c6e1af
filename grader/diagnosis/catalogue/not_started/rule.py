"""A function of the contract is still as the stub gave it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The function, or one that it needs, has no body yet."""
    untouched = [name for name in evidence.functions if evidence.source.is_untouched(name)]
    if not untouched and "NotImplementedError" in evidence.texts:
        reached = evidence.source.reached(evidence.functions)
        untouched = [name for name in reached if evidence.source.is_untouched(name)]
    if not untouched and not evidence.has("not-started"):
        return None
    if untouched:
        sentence = say("{name} is still as the stub gave it: it does nothing yet.", name=untouched[0])
    else:
        sentence = say("The function is still as the stub gave it: it does nothing yet.")
    sites = evidence.at(*(evidence.source.line_of(name) for name in untouched))
    return Finding(sentence=sentence, sites=sites, weight=Weight.SHOWN)


RULE = Rule(
    code="not-started",
    title=say("This function is still to be written"),
    next_step=say("Read what the README promises about it, then replace the line `raise NotImplementedError`."),
    find=find,
    instead_of=(
        "crashed",
        "child-died",
        "exception-swallowed",
        "serial-not-parallel",
        "no-processes",
        "lost-item",
        "lost-update",
        "gives-up-early",
        "deadline",
    ),
)
