"""An exception should have reached the caller, and did not."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite expected an exception, and the call returned."""
    if not evidence.has("not-raised", "exception-swallowed"):
        return None
    lines = habits.widest_swallows(evidence.source, evidence.functions)
    due = readable(evidence.result.expected or "")
    if lines and due:
        sentence = say(
            "{due} should have reached the caller, but the call returned as if all were well. The `except` at "
            "{file}:{line} catches it and goes on.",
            due=due,
            file=evidence.file_name,
            line=lines[0],
        )
    elif due:
        sentence = say("{due} should have reached the caller, but the call returned as if all were well.", due=due)
    else:
        sentence = say("An exception should have reached the caller, but the call returned as if all were well.")
    return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)


RULE = Rule(
    code="exception-swallowed",
    title=say("An exception did not reach the caller"),
    next_step=say(
        "Catch only what the contract tells you to catch, and let the rest pass; if you must tidy up, use `finally` or"
        " a bare `raise`."
    ),
    find=find,
)
