"""The lock is held while a callable runs that others should be able to run meanwhile."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.interleaving import wanted_lock
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import Message, say


def find(evidence: Evidence) -> Finding | None:
    """Callables did not meet, or nothing moves any more, and the source calls them inside `with lock:`."""
    if not (evidence.has("serial", "lock-held-during-job") or evidence.is_stuck):
        return None
    lines = habits.jobs_under_lock(evidence.source, evidence.functions)
    waiting = _waits_for_busy_holder(evidence)
    if evidence.has("lock-held-during-job"):
        return Finding(sentence=_sentence(evidence, lines), sites=evidence.at(*lines), weight=Weight.MEASURED)
    if not lines or (evidence.is_stuck and not waiting):
        return None
    weight = Weight.SHOWN if waiting else Weight.MEASURED
    return Finding(sentence=_sentence(evidence, lines), sites=evidence.at(*lines), weight=weight)


def _sentence(evidence: Evidence, lines: tuple[int, ...]) -> Message:
    if not lines:
        return say("The lock is held while the callable runs, so nobody who needs the lock can go on meanwhile.")
    return say(
        "{file}:{line} takes the lock and calls what was handed in before it lets go: while that call runs, nobody who "
        "needs the lock can go on.",
        file=evidence.file_name,
        line=lines[0],
    )


def _waits_for_busy_holder(evidence: Evidence) -> bool:
    """Whether a worker is blocked on a lock held by one that is blocked on something else, inside its job."""
    doing = {entry.worker: entry for entry in evidence.blocked}
    waiting = (entry for entry in evidence.blocked if wanted_lock(entry))
    holders = (doing.get(entry.held_by) for entry in waiting if entry.held_by != entry.worker)
    return any(holder is not None and not wanted_lock(holder) for holder in holders)


RULE = Rule(
    code="lock-held-during-job",
    title=say("The lock is held while the job runs"),
    next_step=say("Call the job first, without the lock; take the lock only to put the result in its place."),
    find=find,
    instead_of=("serial-not-parallel", "lock-not-released", "waits-for-ever", "deadline"),
)
