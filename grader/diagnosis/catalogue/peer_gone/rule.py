"""The other side had gone, and the exception that tells so was not expected."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the call ended with such an exception."""
    return point_at(
        evidence,
        evidence.calls("recv", "recv_bytes", "send", "send_bytes", "accept"),
        (
            say("The other side had closed its end; look at {file}:{line}, where that arrives as an exception."),
            say("The other side had closed its end; that arrives as an exception, and nobody expected it."),
        ),
        sure=evidence.has("peer-gone")
        or (
            evidence.has("raised", "crashed", "child-died")
            and evidence.says("BrokenPipeError", "ConnectionResetError", "EOFError")
            and not evidence.says("Ran out of input")  # of pickle: what came was no message
            and not evidence.raises_it_itself
        ),
    )


RULE = Rule(
    code="peer-gone",
    title=say("The other side had gone"),
    next_step=say(
        "Expect `EOFError` and `ConnectionError` where you receive, and `ConnectionError` where you send: "
        "they are how an end is told."
    ),
    find=find,
    instead_of=("child-died",),
)
