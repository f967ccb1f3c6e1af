"""An item that cannot be pickled was put: the error came in a thread, and the item never arrived."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the feeder thread of a queue told a pickling error."""
    return point_at(
        evidence,
        evidence.calls("put"),
        (
            say(
                "What is put at {file}:{line} cannot be pickled: `put` returns all the same, a thread meets the "
                "error later, and the item never arrives."
            ),
            say(
                "An item could not be pickled: `put` returned all the same, a thread met the error later, and the "
                "item never arrived."
            ),
        ),
        sure=evidence.has("unpicklable-item") or (evidence.says("in _feed") and evidence.says("pickle", "Pickling")),
    )


RULE = Rule(
    code="unpicklable-item",
    title=say("An item that cannot be pickled"),
    next_step=say("Try `pickle.dumps(item)` before `put`: then the error comes to you, and not to a thread."),
    find=find,
    instead_of=("unpicklable-target", "lost-item", "missing-sentinel"),
)
