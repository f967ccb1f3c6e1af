"""The arguments of a process were not given as a tuple."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the arguments could not be unpacked."""
    return point_at(
        evidence,
        process_habits.gives_no_tuple(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} gives `args` something that is not a tuple: `(item)` is just `item`, and each part "
                "of it becomes an argument of its own."
            ),
            say("`args` was not a tuple: `(item)` is just `item`, and each part of it becomes an argument of its own."),
        ),
        sure=evidence.has("args-not-a-tuple")
        or evidence.says("argument after * must be an iterable", "Value after * must be an iterable"),
        likely=evidence.has("child-died") and evidence.says("positional argument"),
    )


RULE = Rule(
    code="args-not-a-tuple",
    title=say("args is not a tuple"),
    next_step=say("Write the comma of a tuple of one: `args=(item,)`."),
    find=find,
    instead_of=("child-died",),
)
