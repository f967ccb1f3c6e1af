"""A permit of a semaphore was not given back."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and a release can be jumped over."""
    return point_at(
        evidence,
        waiting_habits.releases_if_all_goes_well(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} gives the permit back only if nothing raises before; each exception costs one for ever."
            ),
            say("A permit was taken and never given back: there is one less for ever."),
        ),
        sure=evidence.has("semaphore-not-released"),
        likely=evidence.is_stuck and any("semaphore" in entry.resource.lower() for entry in evidence.blocked),
    )


RULE = Rule(
    code="semaphore-not-released",
    title=say("A permit was not given back"),
    next_step=say("Release in a `finally`, or use `with semaphore:`."),
    find=find,
)
