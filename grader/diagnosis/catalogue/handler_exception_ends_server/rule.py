"""One request that failed ended the server for all."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """Only the author knows which request it was."""
    return point_at(
        evidence,
        evidence.calls("handler", "recv", "accept"),
        (
            say("An exception of one request (look at {file}:{line}) left the loop that serves all of them."),
            say("An exception of one request left the loop that serves all of them."),
        ),
        sure=evidence.has("handler-exception-ends-server"),
    )


RULE = Rule(
    code="handler-exception-ends-server",
    title=say("One bad request ends the server"),
    next_step=say("Catch what one request or one client can raise, inside the loop, and answer with it."),
    find=find,
    instead_of=("child-died",),
)
