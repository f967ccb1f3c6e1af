"""A file or a FIFO was still there after the function had returned."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """A name in the file system that was not there before."""
    return point_at(
        evidence,
        evidence.calls("mkfifo", "open", "mkstemp", "NamedTemporaryFile"),
        (
            say("{file}:{line} makes or opens a file that was still there after the function had come to its end."),
            say("After the function had come to its end, a file that it had made was still there."),
        ),
        sure=evidence.has("fifo-left", "left-fifo", "left-file")
        and not evidence.has("left-shared-memory", "left-process", "left-zombie"),
    )


RULE = Rule(
    code="fifo-left",
    title=say("A file or FIFO was left behind"),
    next_step=say("Remove it in a `finally`, in the process that made it."),
    find=find,
)
