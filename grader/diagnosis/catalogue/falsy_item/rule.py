"""An item that counts as false was taken for `nothing`."""

from __future__ import annotations

from typing import Any

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import Message, say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or exactly what counts as false is missing, replaced, or all from the first such item on."""
    lines = habits.truth_tests_of_items(evidence.source, evidence.functions)
    if evidence.lists and _stops_at_a_true_one(*evidence.lists):
        return None
    if evidence.has("falsy-item", "falsy"):
        return Finding(sentence=_sentence(evidence, lines), sites=evidence.at(*lines), weight=Weight.MEASURED)
    if evidence.lists and _is_about_falsy(*evidence.lists):
        return Finding(sentence=_sentence(evidence, lines), sites=evidence.at(*lines), weight=Weight.LIKELY)
    return None


def _sentence(evidence: Evidence, lines: tuple[int, ...]) -> Message:
    if lines:
        return say(
            "{file}:{line} asks whether the item is true; 0, False, None, '' and [] are items like any other, and are "
            "lost there.",
            file=evidence.file_name,
            line=lines[0],
        )
    return say("0, False, None, '' and [] are items like any other, but they were taken for `nothing came`.")


def _is_about_falsy(expected: list[Any], actual: list[Any]) -> bool:
    if len(actual) == len(expected):
        replaced = [(due, came) for due, came in zip(expected, actual, strict=True) if repr(due) != repr(came)]
        # An exit code of 1 in the place of 0 was not taken for nothing: what stands for nothing is of another kind.
        return bool(replaced) and all(not due and type(due) is not type(came) for due, came in replaced)
    first = next((place for place, item in enumerate(expected) if not item), None)
    return first is not None and repr(actual) in {repr(expected[:first]), repr([item for item in expected if item])}


def _stops_at_a_true_one(expected: list[Any], actual: list[Any]) -> bool:
    """Whether what counts as false came through, and the end is at an item that counts as true: a text like "STOP"."""
    came = len(actual)
    return came < len(expected) and bool(expected[came]) and not all(actual) and repr(actual) == repr(expected[:came])


RULE = Rule(
    code="falsy-item",
    title=say("An item like 0 or None was taken for nothing"),
    next_step=say(
        "Tell `nothing came` by `queue.Empty` or by an object of your own (`item is STOP`), never by `if item`."
    ),
    find=find,
    instead_of=("lost-item", "gives-up-early"),
)
