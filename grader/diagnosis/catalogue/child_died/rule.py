"""A process that the function started ended with an error."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite saw a child end with another exit code than 0."""
    if not evidence.has("child-died"):
        return None
    if evidence.error:
        sentence = say("A child process ended with {error}", error=evidence.error)
    else:
        sentence = say("A child process ended before its work was done, and its exit code was not 0.")
    return Finding(sentence=sentence, sites=evidence.error_sites, weight=Weight.MEASURED)


RULE = Rule(
    code="child-died",
    title=say("A child process ended with an error"),
    next_step=say(
        "Read the traceback of the child, and make the function notice the end: look at `exitcode`, or send the "
        "exception back."
    ),
    find=find,
    instead_of=("crashed",),
)
