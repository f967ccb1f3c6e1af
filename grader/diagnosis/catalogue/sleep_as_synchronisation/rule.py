"""A sleep was to make sure that somebody else is ready."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.inside.vocabulary import Op
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a value is wrong in a schedule in which somebody slept."""
    return point_at(
        evidence,
        evidence.calls("sleep"),
        (
            say("{file}:{line} sleeps and hopes that the others are ready by then; in some schedule they are not."),
            say("A sleep was to make sure that the others are ready; in some schedule they are not."),
        ),
        sure=evidence.has("sleep-as-synchronisation"),
        likely=evidence.is_wrong_value and any(step.op == Op.SLEEP for step in evidence.steps),
    )


RULE = Rule(
    code="sleep-as-synchronisation",
    title=say("A sleep does not wait for anybody"),
    next_step=say("Wait for what you need: a `join`, an event, an item, a barrier."),
    find=find,
)
