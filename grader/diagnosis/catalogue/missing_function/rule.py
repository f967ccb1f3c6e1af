"""The file does not have a function of the contract."""

from __future__ import annotations

import difflib

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite could not find the function; the source says which one, and whether a similar name is there."""
    if not evidence.has("missing-function"):
        return None
    names = evidence.source.names
    missing = next((name for name in evidence.functions if name not in names), "")
    similar = difflib.get_close_matches(missing, names, n=1) if missing else []
    if similar:
        sentence = say(
            "{file} has no function {missing}; it has {similar}. Is that the one?",
            file=evidence.file_name,
            missing=missing,
            similar=similar[0],
        )
        return Finding(sentence=sentence, sites=evidence.at(evidence.source.line_of(similar[0])), weight=Weight.SHOWN)
    if missing:
        sentence = say("{file} has no function {missing} at its top level.", file=evidence.file_name, missing=missing)
    else:
        sentence = say("{file} does not have a function that the contract names.", file=evidence.file_name)
    return Finding(sentence=sentence, weight=Weight.SHOWN)


RULE = Rule(
    code="missing-function",
    title=say("A function is missing"),
    next_step=say("Give the function exactly the name that the README says, at the top level of the file."),
    find=find,
    instead_of=("crashed",),
)
