"""The file could not be imported, so that no function of it could be called."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.attempt import Outcome
from grader.model.message import Message, say
from grader.model.observation import Stop

BOOTSTRAPPING = "finished its bootstrapping phase"


def find(evidence: Evidence) -> Finding | None:
    """The import raised, exited, hung or flooded."""
    if not evidence.has("import-failed"):
        return None
    return Finding(sentence=_sentence(evidence), sites=evidence.error_sites, weight=Weight.SHOWN)


def _sentence(evidence: Evidence) -> Message:
    file = evidence.file_name
    if BOOTSTRAPPING in evidence.texts:
        return say("Importing {file} starts a process, and that process imports {file} again.", file=file)
    if evidence.is_stuck or evidence.stopped(Stop.DEADLINE) or evidence.ended(Outcome.HUNG, Outcome.TIMEOUT):
        return say("Importing {file} does not come to an end: something at its top level waits or runs on.", file=file)
    if evidence.stopped(Stop.OUTPUT):
        return say("Importing {file} prints without end.", file=file)
    if evidence.error:
        return say("Importing {file} raises {error}", file=file, error=evidence.error)
    if evidence.stopped(Stop.EXITED):
        return say("Importing {file} ends the process: something at its top level calls exit.", file=file)
    return say("{file} could not be imported.", file=file)


RULE = Rule(
    code="import-failed",
    title=say("The file cannot be imported"),
    next_step=say(
        "Import your file once in a fresh Python; what starts processes belongs into a function or under `if __name__ "
        '== "__main__":`.'
    ),
    find=find,
    instead_of=(
        "crashed",
        "child-died",
        "deadline",
        "output-flood",
        "waits-for-ever",
        "timeout-ignored",
        "missing-function",
    ),
)
