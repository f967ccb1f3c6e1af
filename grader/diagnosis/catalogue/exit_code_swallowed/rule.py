"""A child failed, and nobody looked at its exit code."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or an exception did not come out, and exit codes are never looked at.

    Where it is known how each child has ended, and all ended well, their exit codes would not have told it.
    """
    seen = evidence.result.observation
    return point_at(
        evidence,
        process_habits.ignores_exit_codes(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} waits for the child, but nobody asks how it ended: `join()` returns after a crash "
                "as after a success."
            ),
            say("A child ended with an error, and nobody asked: `join()` returns after a crash as after a success."),
        ),
        sure=evidence.has("exit-code-swallowed"),
        likely=evidence.has("not-raised") and bool(evidence.calls("Process")) and (seen is None or bool(seen.fallen)),
    )


RULE = Rule(
    code="exit-code-swallowed",
    title=say("A child failed, and nobody noticed"),
    next_step=say("After `join()` look at `exitcode`; raise if it is not 0."),
    find=find,
    instead_of=("exception-swallowed",),
)
