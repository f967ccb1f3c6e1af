"""A reader waits for an item although all have been put: it was never told the end."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and a loop takes items without an end."""
    return point_at(
        evidence,
        queue_habits.takes_without_end(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} takes items in a loop that nothing can leave: when all items have been taken, the "
                "reader waits for ever for one that nobody will put."
            ),
            say(
                "A reader still waited for an item when all had been taken: nobody had told it that no more would come."
            ),
        ),
        sure=evidence.has("missing-sentinel"),
        likely=evidence.is_stuck,
    )


RULE = Rule(
    code="missing-sentinel",
    title=say("Nobody says that it is over"),
    next_step=say(
        "After the last item put an end mark for each reader, and let the reader leave its loop when it takes one."
    ),
    find=find,
)
