"""A daemon was ended with its parent, before its work was done."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or something is missing, and a process is a daemon."""
    return point_at(
        evidence,
        process_habits.makes_daemons(evidence.source, evidence.functions),
        (
            say("{file}:{line} makes the process a daemon: when its parent ends it is ended, whatever it was doing."),
            say("A daemon was ended with its parent, whatever it was doing."),
        ),
        sure=evidence.has("daemon-kills-work"),
        likely=evidence.is_wrong_value or evidence.has("child-died"),
    )


RULE = Rule(
    code="daemon-kills-work",
    title=say("A daemon ends with its parent"),
    next_step=say("Leave `daemon` out and `join()` the process."),
    find=find,
    instead_of=("lost-item",),
)
