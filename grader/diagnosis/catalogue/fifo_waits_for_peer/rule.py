"""Opening a FIFO waits for somebody to open its other end."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or a process waits for ever in opening a FIFO."""
    return point_at(
        evidence,
        evidence.calls("open", "mkfifo"),
        (
            say("{file}:{line} opens a FIFO, and waits until somebody opens its other end; nobody does."),
            say("A process waits until somebody opens the other end of a FIFO; nobody does."),
        ),
        sure=evidence.has("fifo-waits-for-peer")
        or any("other end of a FIFO" in text or "openat" in text for text in evidence.waits_in),
    )


RULE = Rule(
    code="fifo-waits-for-peer",
    title=say("Nobody opened the other end of the FIFO"),
    next_step=say(
        "Start the process that opens the other end before you open yours, and see to it that it cannot "
        "fail on the way."
    ),
    find=find,
)
