"""The call ended with an exception or a signal."""

from __future__ import annotations

from grader.diagnosis.evidence import TRACEBACK, Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.attempt import Outcome
from grader.model.message import Message, say

# Where no traceback is shown, nobody can be sent to read one.
AT_THE_LINE = say(
    "It was raised in the marked line, or in what that line calls: print what goes into the call, and what comes back."
)
BY_HAND = say("Call the function yourself, with small values, and read what it raises.")


def find(evidence: Evidence) -> Finding | None:
    """The call raised what the contract does not let pass, or its process ended without an answer."""
    if not evidence.ended(Outcome.CRASHED) and not evidence.has("crashed", "raised"):
        return None
    sites = evidence.error_sites
    told = None if TRACEBACK in evidence.stderr else AT_THE_LINE if sites else BY_HAND
    return Finding(sentence=_sentence(evidence), sites=sites, weight=Weight.GENERAL, next_step=told)


def _sentence(evidence: Evidence) -> Message:
    code = evidence.result.observation.exit_code if evidence.result.observation else None
    if evidence.error:
        return say("The call ended with {error}", error=evidence.error)
    if code is not None and code < 0:
        return say("The process was ended by signal {signal}, without an answer.", signal=-code)
    if code is not None:
        return say("The process ended with exit code {code}, without an answer.", code=code)
    return say("The call ended with an error instead of an answer.")


RULE = Rule(
    code="crashed",
    title=say("It ended with an error"),
    next_step=say(
        "Read the last line of the traceback first: it says what happened; the line of your file above it says where."
    ),
    find=find,
    instead_of=("waits-for-ever", "missing-sentinel"),  # what others waited for was to come from the one that raised
)
