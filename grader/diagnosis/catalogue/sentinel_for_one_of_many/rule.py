"""There are several readers, and an end mark for only one of them."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or readers wait for ever, and an end mark is put outside of every loop."""
    return point_at(
        evidence,
        queue_habits.puts_one_mark(evidence.source, evidence.functions),
        (
            say("{file}:{line} puts one end mark; one reader takes it and ends, the others wait for ever."),
            say("One reader took the end mark and ended; for the others there was none, and they wait for ever."),
        ),
        sure=evidence.has("sentinel-for-one-of-many"),
        likely=evidence.is_stuck and bool(evidence.calls("get")),
    )


RULE = Rule(
    code="sentinel-for-one-of-many",
    title=say("One end mark for several readers"),
    next_step=say("Put as many end marks as there are readers, after the last item."),
    find=find,
    instead_of=("missing-sentinel",),
)
