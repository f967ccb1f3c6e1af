"""Work was given to a pool, and nobody asked for its result: its exception vanished."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or an exception or a result is missing, and a result is never asked for."""
    return point_at(
        evidence,
        process_habits.drops_async_results(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} gives work to the pool and drops the result object: if the call raises, nobody "
                "learns of it."
            ),
            say("Work was given to the pool and its result object dropped: if the call raises, nobody learns of it."),
        ),
        sure=evidence.has("async-result-dropped"),
        likely=evidence.has("not-raised") or evidence.is_wrong_value,
    )


RULE = Rule(
    code="async-result-dropped",
    title=say("Nobody asked for the result"),
    next_step=say("Keep what `apply_async` returns and call `get()`, or give an `error_callback`."),
    find=find,
    instead_of=("exception-swallowed", "lost-item"),
)
