"""Something that was to go to another process cannot be pickled."""

from __future__ import annotations

import re

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.exercise import StartMethod
from grader.model.message import say

PICKLE_ERROR = re.compile(
    r"(?<!Un)PicklingError|Can't pickle|Can't get local object|cannot pickle|MaybeEncodingError"
    r"|should only be shared between processes through inheritance",
    re.IGNORECASE,
)


def find(evidence: Evidence) -> Finding | None:
    """An error message of pickle in what the program said; or no call ran, and the source sends a lambda."""
    line = next((line for line in evidence.texts.splitlines() if PICKLE_ERROR.search(line)), "")
    lines = habits.unpicklable_targets(evidence.source, evidence.functions)
    nobody_came = bool(lines) and evidence.has("serial") and evidence.result.actual in {"None", "0"}
    if not line and not nobody_came and not evidence.has("unpicklable-target"):
        return None
    sites = evidence.at(*lines) or evidence.error_sites
    if not line:
        sentence = say("What was to go to another process cannot be pickled.")
    elif evidence.result.start_method in {None, StartMethod.FORK}:
        sentence = say("What was to go to another process cannot be pickled: {error}", error=readable(line))
    else:
        sentence = say(
            "Under {start_method} the target and its arguments travel to the new process as a pickle, and this cannot: "
            "{error}",
            start_method=evidence.result.start_method or "",
            error=readable(line),
        )
    return Finding(sentence=sentence, sites=sites, weight=Weight.MEASURED)


RULE = Rule(
    code="unpicklable-target",
    title=say("Something cannot be sent to another process"),
    next_step=say(
        "Use a function at the top of the file, and arguments that can be pickled; hand locks and queues over as "
        "arguments of `Process`."
    ),
    find=find,
    instead_of=("serial-not-parallel", "crashed", "child-died", "deadline", "waits-for-ever"),
)
