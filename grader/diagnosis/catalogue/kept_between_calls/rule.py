"""What an earlier call had collected was there again in the next one."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a wrong value came, and a default value of a parameter is filled."""
    return point_at(
        evidence,
        habits.fills_defaults(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} gives a parameter a list, dict or set as its default: it is made once, and every call "
                "adds to the same one."
            ),
            say("The result of a call holds what an earlier call had collected."),
        ),
        sure=evidence.has("kept-between-calls"),
        likely=evidence.is_wrong_value and not evidence.steps,
    )


RULE = Rule(
    code="kept-between-calls",
    title=say("An earlier call is still in it"),
    next_step=say("Make the list or dict inside the function; where a default is needed, let it be None."),
    find=find,
)
