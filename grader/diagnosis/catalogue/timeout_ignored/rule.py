"""A wait took longer than the limit that was given, or would never have ended."""

from __future__ import annotations

from dataclasses import replace

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import who
from grader.inside.vocabulary import Op
from grader.model.attempt import Outcome
from grader.model.message import Message, say

WAITING = {Op.GET, Op.PUT, Op.ACQUIRE}
# By what waits; an exercise need not have a queue.
STEPS = {
    ("join",): say(
        "Hand the limit on to the call that waits: `process.join({limit})`. It returns None in either case; `exitcode` "
        "tells whether the process has ended."
    ),
    ("acquire",): say(
        "Hand the limit on to the call that waits, by name: `acquire(timeout={limit})`. It returns False when the time "
        "is over."
    ),
    ("wait", "wait_for"): say(
        "Hand the limit on to the call that waits: `wait({limit})`. What it returns tells whether the time is over."
    ),
}


def find(evidence: Evidence) -> Finding | None:
    """It waits for ever where a limit was given, or the suite measured that it waited too long."""
    found = _found(evidence)
    return replace(found, next_step=_step_for(evidence, found)) if found else None


def _step_for(evidence: Evidence, found: Finding) -> Message | None:
    """What to do about the call that waits at the first place; None where the rule's own step, about a queue, fits."""
    line = found.sites[0].line if found.sites else None
    for names, step in STEPS.items():
        if line in evidence.calls(*names):
            return replace(step, values={"limit": evidence.limited or "seconds"})
    return None


def _found(evidence: Evidence) -> Finding | None:
    lines = habits.waits_without_limit(evidence.source, evidence.functions)
    if evidence.has("waited-too-long", "timeout-ignored"):
        sentence = say("The call waited longer than the limit that was given.")
        return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)
    if not evidence.limited:
        return None
    if evidence.has("livelock"):
        sentence = say("It tries again and again, although `{limit}` says how long to wait.", limit=evidence.limited)
        return Finding(sentence=sentence, sites=evidence.result.sites, weight=Weight.MEASURED)
    return _stuck(evidence, lines) if evidence.is_stuck else _running(evidence, lines)


def _stuck(evidence: Evidence, lines: tuple[int, ...]) -> Finding | None:
    waiting = next((entry for entry in evidence.blocked if entry.op in WAITING and entry.line), None)
    if waiting:
        sentence = say(
            "{waiter} waits in {operation} of {resource} without a limit, although `{limit}` says how long to wait.",
            waiter=who(waiting, evidence.file_name),
            operation=waiting.op,
            resource=waiting.resource,
            limit=evidence.limited,
        )
        return Finding(sentence=sentence, sites=evidence.at(waiting.line), weight=Weight.SHOWN)
    if evidence.blocked:
        return None
    if lines:
        sentence = say(
            "{file}:{line} waits without a limit, although `{limit}` says how long to wait.",
            file=evidence.file_name,
            line=lines[0],
            limit=evidence.limited,
        )
    else:
        sentence = say("It waits without a limit, although `{limit}` says how long to wait.", limit=evidence.limited)
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.LIKELY)


def _running(evidence: Evidence, lines: tuple[int, ...]) -> Finding | None:
    if not evidence.ended(Outcome.TIMEOUT) and not evidence.has("deadline"):
        return None
    sentence = say("It was still running long after `{limit}` had passed.", limit=evidence.limited)
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.LIKELY)


RULE = Rule(
    code="timeout-ignored",
    title=say("The time limit is not kept"),
    next_step=say("Hand the limit on to the call that waits, by name: `queue.get(timeout=seconds)`."),
    find=find,
    instead_of=("waits-for-ever", "deadline", "livelock"),
)
