"""The return value of a target, or of `join()`, was used: it is None."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or None came, and what `join()` returns is used."""
    return point_at(
        evidence,
        process_habits.keeps_what_join_returns(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} uses what `join()` returns, and that is always None; what the target returned "
                "stayed in the child."
            ),
            say("What a target returns stays in the child, and `join()` returns None."),
        ),
        sure=evidence.has("return-value-lost"),
        likely=evidence.is_wrong_value and "None" in (evidence.result.actual or ""),
    )


RULE = Rule(
    code="return-value-lost",
    title=say("What a target returns does not come back"),
    next_step=say("Send the result back through a queue, a pipe or shared memory, or use a pool."),
    find=find,
)
