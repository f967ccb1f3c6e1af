"""A message was longer than the buffer or the limit, and the rest was not dealt with."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the library said so."""
    return point_at(
        evidence,
        evidence.calls("recv_bytes", "recv_bytes_into"),
        (
            say(
                "{file}:{line} met a message that is longer than its buffer or limit, and the exception was not "
                "dealt with."
            ),
            say("A message was longer than the buffer or the limit, and the exception was not dealt with."),
        ),
        sure=evidence.has("recv-bytes-too-short") or evidence.says("BufferTooShort", "bad message length"),
    )


RULE = Rule(
    code="recv-bytes-too-short",
    title=say("A message longer than the buffer"),
    next_step=say(
        "Catch `BufferTooShort`: the whole message is in `error.args[0]`. After `recv_bytes(limit)` has "
        "raised, close the connection."
    ),
    find=find,
    instead_of=("child-died",),
)
