"""A worker waits for a lock that it holds itself."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import taken_at, wanted_lock
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import waits_for_itself
from grader.model.message import say
from grader.model.witness import Blocked


def find(evidence: Evidence) -> Finding | None:
    """A worker blocked on a lock that it holds."""
    own = (entry for entry in evidence.blocked if _holds(entry))
    for entry in own:
        taken = taken_at(evidence.steps, entry.worker, wanted_lock(entry))
        sites = evidence.at(taken.line if taken else None, entry.line)
        sentence = waits_for_itself(entry, evidence.steps, evidence.file_name)
        return Finding(sentence=sentence, sites=sites, weight=Weight.SHOWN)
    lines = habits.locks_taken_twice(evidence.source, evidence.functions)
    stated = evidence.has("lock-taken-twice")
    if not stated and not (lines and evidence.is_stuck and not evidence.blocked):
        return None
    sentence = say("A process waits for a lock that it holds itself.")
    weight = Weight.MEASURED if stated else Weight.LIKELY
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=weight)


def _holds(entry: Blocked) -> bool:
    lock = wanted_lock(entry)
    return bool(lock) and (entry.held_by == entry.worker or lock in entry.holds)


RULE = Rule(
    code="lock-taken-twice",
    title=say("A lock is taken twice by the same process"),
    next_step=say(
        "Take the lock in one place only: let the inner function expect that it is held. (An `RLock` may be taken "
        "again by its holder.)"
    ),
    find=find,
    instead_of=("lock-not-released", "waits-for-ever", "deadline"),
)
