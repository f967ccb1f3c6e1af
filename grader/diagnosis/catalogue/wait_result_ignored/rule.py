"""A wait with a limit came back without success, and nobody looked."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a value is wrong, and the answer of a wait is dropped."""
    return point_at(
        evidence,
        waiting_habits.ignores_what_wait_says(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} waits with a limit and goes on in either case; when the time was over, it does not "
                "have what it waited for."
            ),
            say("A wait with a limit came back without success, and the program went on as if it had succeeded."),
        ),
        sure=evidence.has("wait-result-ignored"),
        likely=evidence.is_wrong_value or evidence.has("too-many-at-once"),
    )


RULE = Rule(
    code="wait-result-ignored",
    title=say("What the wait says was not looked at"),
    next_step=say("Use the answer: `if not lock.acquire(timeout=seconds): return False`."),
    find=find,
    instead_of=("too-many-at-once",),
)
