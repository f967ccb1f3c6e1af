"""Items were handed out in chunks so large that one worker gets them all."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or calls did not meet, and a chunksize is given."""
    return point_at(
        evidence,
        process_habits.hands_out_in_chunks(evidence.source, evidence.functions),
        (
            say("{file}:{line} hands out several items to one worker, which does them one after the other."),
            say("Several items were handed to one worker, which did them one after the other."),
        ),
        sure=evidence.has("chunks-too-large"),
        likely=evidence.has("serial"),
    )


RULE = Rule(
    code="chunks-too-large",
    title=say("The chunks are too large"),
    next_step=say("Leave `chunksize` at 1 unless there are many more items than workers."),
    find=find,
    instead_of=("serial-not-parallel",),
)
