"""A block of shared memory was still there after the function had returned."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say
from grader.model.observation import Remainder


def find(evidence: Evidence) -> Finding | None:
    """A block of shared memory that was not there before the call."""
    names = evidence.remains(Remainder.SHARED_MEMORY)
    stated = evidence.has("left-shared-memory", "shared-memory-left", "shared-memory-not-unlinked")
    if not stated and (evidence.result.facts or not names):
        return None
    sites = evidence.at(*habits.makes_shared_memory(evidence.source, evidence.functions))
    if names:
        sentence = say("After the function had returned, this block was still there: {names}.", names=", ".join(names))
    else:
        sentence = say("After the function had returned, a block of shared memory was still there.")
    return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED)


RULE = Rule(
    code="shared-memory-left",
    title=say("Shared memory was left behind"),
    next_step=say(
        "Call `close()` in every process that opened the block, and `unlink()` once, in the process that made it: in a"
        " `finally`."
    ),
    find=find,
)
