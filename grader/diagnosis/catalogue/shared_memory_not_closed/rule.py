"""A block of shared memory was closed too early, too late, or not at all."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say

SAID = ("cannot close exported pointers exist", "resource_tracker: There appear to be")


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the library said so."""
    lines = waiting_habits.leaves_blocks_open(evidence.source, evidence.functions)
    lines = lines or evidence.calls("SharedMemory", "ShareableList")
    return point_at(
        evidence,
        lines,
        (
            say("The block opened at {file}:{line} was not closed, or something still pointed into it."),
            say("A block of shared memory was not closed, or something still pointed into it."),
        ),
        sure=evidence.has("shared-memory-not-closed") or (evidence.says(*SAID) and not _is_a_consequence(evidence)),
    )


def _is_a_consequence(evidence: Evidence) -> bool:
    """Whether something else went wrong first, in a process that therefore did not come to closing its block."""
    observation = evidence.result.observation
    errors = [fallen.error for fallen in observation.fallen if fallen.error] if observation else []
    return any(not error.startswith("BufferError") for error in errors)


RULE = Rule(
    code="shared-memory-not-closed",
    title=say("Shared memory was not closed"),
    next_step=say("Drop every view of the buffer, then `close()` in each process that opened the block."),
    find=find,
)
