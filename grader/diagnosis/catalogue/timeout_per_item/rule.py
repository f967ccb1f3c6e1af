"""A limit for the whole was used anew for each item."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or it took too long, or too much, and each get of a loop is given the whole limit."""
    lines = habits.limits_in_loop(evidence.source, evidence.functions)
    if evidence.has("timeout-per-item"):
        weight = Weight.MEASURED
    elif lines and (evidence.has("waited-too-long") or _got_too_much(evidence)):
        weight = Weight.LIKELY
    else:
        return None
    if lines:
        sentence = say(
            "{file}:{line} waits for the whole limit again for each item, so that the waits add up.",
            file=evidence.file_name,
            line=lines[0],
        )
    else:
        sentence = say(
            "The limit counted from each item, so that the waits add up; it is meant for all of them together."
        )
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=weight)


def _got_too_much(evidence: Evidence) -> bool:
    """Whether all came that was due, and then more, which should have come too late."""
    if not evidence.is_wrong_value or not evidence.lists:
        return False
    expected, actual = evidence.lists
    return len(actual) > len(expected) and repr(actual[: len(expected)]) == repr(expected)


RULE = Rule(
    code="timeout-per-item",
    title=say("The limit begins anew with each item"),
    next_step=say(
        "Compute the end once, `end = time.monotonic() + seconds`, and wait for `max(0, end - time.monotonic())` each "
        "time."
    ),
    find=find,
    instead_of=("timeout-ignored", "deadline"),
)
