"""An item that found no room was dropped without a word."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or items are missing, and `except queue.Full` does nothing."""
    return point_at(
        evidence,
        queue_habits.drops_refused(evidence.source, evidence.functions),
        (
            say("{file}:{line} catches `queue.Full` and goes on: the item for which there was no room is gone."),
            say("An item for which there was no room was dropped, and nobody was told."),
        ),
        sure=evidence.has("refused-item-dropped"),
        likely=evidence.is_wrong_value,
    )


RULE = Rule(
    code="refused-item-dropped",
    title=say("A refused item was dropped"),
    next_step=say("Note the item that `queue.Full` is about, or put it again; `pass` loses it."),
    find=find,
    instead_of=("lost-item", "exception-swallowed"),
)
