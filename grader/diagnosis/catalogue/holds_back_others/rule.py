"""One slow item, client or connection kept the others waiting."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite held one back and the others did not get on; or all wait, and a generator keeps a fixed order."""
    lines = habits.yields_in_given_order(evidence.source, evidence.functions)
    stated = evidence.has("holds-back-others", "holds-back")
    if not stated and not (lines and evidence.is_stuck and not evidence.blocked):
        return None
    sentence = say("While one was slow or silent, the others got no further although they were ready.")
    sites = evidence.at(*lines) or evidence.at(*(evidence.source.line_of(name) for name in evidence.functions))
    return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED if stated else Weight.LIKELY)


RULE = Rule(
    code="holds-back-others",
    title=say("One that is slow holds back the others"),
    next_step=say(
        "Do not wait for a particular one: wait for whichever is ready (`connection.wait`, `imap_unordered`, a shared "
        "queue)."
    ),
    find=find,
    instead_of=("waits-for-ever", "deadline", "serial-not-parallel"),
)
