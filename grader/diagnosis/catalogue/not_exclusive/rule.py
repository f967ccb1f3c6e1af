"""Two were inside at the same time where only one may be."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite counted more than one inside."""
    return point_at(
        evidence,
        evidence.calls("Lock", "RLock", "Manager"),
        (
            say(
                "Two calls that must not overlap did; look at {file}:{line}: is it the same lock for all of them, "
                "and held all the time?"
            ),
            say("Two calls that must not overlap did: they had no lock in common, or let it go too early."),
        ),
        sure=evidence.has("not-exclusive", "overlap", "commits-overlap", "callbacks-overlap"),
    )


RULE = Rule(
    code="not-exclusive",
    title=say("Two at the same time"),
    next_step=say("Guard the call with one lock that all of them share, from before it begins until it has ended."),
    find=find,
)
