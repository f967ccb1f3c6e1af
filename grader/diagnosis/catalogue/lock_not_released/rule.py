"""Somebody waits for a lock that nobody will release any more."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import has_ended, taken_at, wanted_lock
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import waits_for_ended, waits_for_stuck_holder
from grader.model.message import Message, say
from grader.model.witness import Blocked


def find(evidence: Evidence) -> Finding | None:
    """A worker blocked on a lock whose holder has ended, or is itself blocked on something that is no lock."""
    for entry in evidence.blocked:
        if not wanted_lock(entry) or entry.held_by in {"", entry.worker}:
            continue
        sentence = _sentence(evidence, entry)
        if sentence:
            taken = taken_at(evidence.steps, entry.held_by, wanted_lock(entry))
            sites = evidence.at(taken.line if taken else None, entry.line)
            return Finding(sentence=sentence, sites=sites, weight=Weight.SHOWN)
    sites = evidence.at(*habits.acquires_without_finally(evidence.source, evidence.functions))
    if evidence.has("lock-not-released"):
        sentence = say("The lock was still taken after the function had come to its end.")
        return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED)
    if not sites or not evidence.is_stuck or evidence.blocked or evidence.limited:
        return None
    sentence = say(
        "Nobody can go on any more, and {file}:{line} takes a lock that is not released on every way out.",
        file=sites[0].file,
        line=sites[0].line,
    )
    return Finding(sentence=sentence, sites=sites, weight=Weight.LIKELY)


def _sentence(evidence: Evidence, entry: Blocked) -> Message | None:
    if has_ended(evidence.blocked, entry.held_by):
        return waits_for_ended(entry, evidence.steps, evidence.file_name)
    holder = next(other for other in evidence.blocked if other.worker == entry.held_by)
    if wanted_lock(holder):
        return None
    return waits_for_stuck_holder(entry, holder, evidence.steps, evidence.file_name)


RULE = Rule(
    code="lock-not-released",
    title=say("A lock is never released"),
    next_step=say(
        "Take the lock with `with lock:`, which releases it however the block is left; or release it in a `finally`."
    ),
    find=find,
    instead_of=("waits-for-ever", "deadline"),
)
