"""Something was handed out or worked on twice."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def _came_again(evidence: Evidence) -> bool:
    """Whether what came is what was due, and some of it more often."""
    due, came = (list(map(repr, items)) for items in evidence.lists or ((), ()))
    return evidence.is_wrong_value and len(came) > len(due) and set(came) == set(due)


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or all that was due came, and some of it again."""
    return point_at(
        evidence,
        evidence.calls("put", "apply_async", "submit"),
        (
            say(
                "The same item was worked on twice; {file}:{line} hands it out without knowing that it was handed "
                "out before."
            ),
            say("The same item was worked on twice."),
        ),
        sure=evidence.has("item-twice"),
        likely=_came_again(evidence),
    )


RULE = Rule(
    code="item-twice",
    title=say("Something was done twice"),
    next_step=say("Note that it is taken before you hand it out, in the one process that hands out."),
    find=find,
)
