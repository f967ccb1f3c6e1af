"""The pool was left or closed before its work was done."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the pool said that it is not running."""
    return point_at(
        evidence,
        evidence.calls("Pool", "ProcessPoolExecutor"),
        (
            say(
                "The pool made at {file}:{line} was left while work was still to do: leaving `with Pool()` calls "
                "`terminate()`."
            ),
            say("The pool was left while work was still to do: leaving `with Pool()` calls `terminate()`."),
        ),
        sure=evidence.has("pool-left-too-early") or evidence.says("Pool not running"),
    )


RULE = Rule(
    code="pool-left-too-early",
    title=say("The pool was left before its work was done"),
    next_step=say("Take every result inside the `with` block: leaving it terminates the pool."),
    find=find,
    instead_of=("lost-item",),
)
