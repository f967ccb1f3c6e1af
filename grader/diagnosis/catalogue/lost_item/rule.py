"""An item that went in never came out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from grader.diagnosis import habits, queue_habits
from grader.diagnosis.calls import Lines
from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import Message, say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or what came is what was expected, less some items."""
    if evidence.has("lost-item"):
        weight = Weight.MEASURED
    elif evidence.is_wrong_value and evidence.lists and _missing(*evidence.lists):
        weight = Weight.LIKELY
    else:
        return None
    missing = _missing(*evidence.lists) if evidence.lists else ()
    if missing:
        sentence = say(
            "Of {count} items {lost} did not come out, among them {item}.",
            count=len(evidence.lists[0]) if evidence.lists else 0,
            lost=len(missing),
            item=readable(missing[0]),
        )
    else:
        sentence = say("An item that went in did not come out.")
    hasty = queue_habits.takes_empty_for_the_end(evidence.source, evidence.functions)
    lines = hasty or habits.swallowed_exceptions(evidence.source, evidence.functions)
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=weight, next_step=_next_step(evidence, hasty))


def _next_step(evidence: Evidence, hasty: Lines) -> Message | None:
    """What to do where the rule's own advice, about `put`, would not fit."""
    if hasty:
        return say("A queue that is empty for a moment is not at its end: wait without a limit, and for an end mark.")
    if not evidence.calls("put", "put_nowait"):
        return say("Follow one that is missing: which line takes it in, and which one leaves it out?")
    return None


def _missing(expected: list[Any], actual: list[Any]) -> tuple[str, ...]:
    """What is expected and not there, if nothing is there that is not expected."""
    due, came = Counter(map(repr, expected)), Counter(map(repr, actual))
    return () if came - due else tuple((due - came).elements())


RULE = Rule(
    code="lost-item",
    title=say("An item is missing"),
    next_step=say(
        "Follow one item: is every `put` waited for, and is everything taken before the process ends or the queue is "
        "dropped?"
    ),
    find=find,
)
