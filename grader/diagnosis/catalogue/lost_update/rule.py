"""One worker wrote over what another one had written after the first one's read."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence, literal
from grader.diagnosis.interleaving import Guard, first_overwrite
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import overwritten
from grader.model.attempt import Site
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """An overwrite in the witness; else a sum that is too small beside an addition outside every lock."""
    lost = evidence.is_wrong_value and first_overwrite(evidence.steps)
    if lost and lost.guard in {Guard.NONE, Guard.LET_GO}:
        sites = evidence.at(lost.read.line, lost.write.line, lost.other.line)
        return Finding(sentence=overwritten(lost, evidence.file_name), sites=sites, weight=Weight.SHOWN)
    if evidence.has("lost-update"):
        sentence = say("Two processes changed the same shared value at once, and one of the changes is lost.")
        return Finding(sentence=sentence, sites=_additions(evidence), weight=Weight.MEASURED)
    return None if evidence.steps else _guess(evidence)


def _guess(evidence: Evidence) -> Finding | None:
    expected, actual = literal(evidence.result.expected), literal(evidence.result.actual)
    sites = _additions(evidence)
    if not sites or type(expected) is not int or type(actual) is not int or actual >= expected:
        return None
    sentence = say(
        "{actual} is too little, {expected} was due. {file}:{line} reads, adds and writes in three steps; without a "
        "lock around them, two processes can read the same value, and one addition is lost.",
        actual=actual,
        expected=expected,
        file=sites[0].file,
        line=sites[0].line,
    )
    return Finding(sentence=sentence, sites=sites, weight=Weight.LIKELY)


def _additions(evidence: Evidence) -> tuple[Site, ...]:
    return evidence.at(*habits.additions_in_place(evidence.source, evidence.functions))


RULE = Rule(
    code="lost-update",
    title=say("An update was lost"),
    next_step=say(
        "Put the reading, the computing and the writing into one `with lock:` block, and take the lock that was handed"
        " in."
    ),
    find=find,
)
