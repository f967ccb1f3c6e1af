"""The right results came in the order in which they were finished."""

from __future__ import annotations

from collections import Counter
from typing import Any

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """What came is what was expected, in another order."""
    lines = habits.takes_by_completion(evidence.source, evidence.functions)
    if evidence.has("order-by-completion", "result-order-assumed", "order"):
        weight = Weight.MEASURED
    elif evidence.is_wrong_value and evidence.lists and _is_shuffled(*evidence.lists):
        weight = Weight.MEASURED if lines else Weight.LIKELY
    else:
        return None
    if lines:
        sentence = say(
            "The results are right, but in another order: {file}:{line} gives them as they finish.",
            file=evidence.file_name,
            line=lines[0],
        )
    else:
        sentence = say("The results are right, but in the order in which they were finished, not in that of the items.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=weight)


def _is_shuffled(expected: list[Any], actual: list[Any]) -> bool:
    return repr(expected) != repr(actual) and Counter(map(repr, expected)) == Counter(map(repr, actual))


RULE = Rule(
    code="order-by-completion",
    title=say("The results are in the order of finishing"),
    next_step=say(
        "Send the position along with each result, and sort by it; or use `Pool.map`, which keeps the order of the "
        "items."
    ),
    find=find,
)
