"""The target was called in the parent, and its result was given to the process."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it or an exception came through that line; or no process worked, and a target is a call."""
    lines = process_habits.calls_its_target(evidence.source, evidence.functions)
    raised_there = any(site.line in lines for site in evidence.error_sites)
    return point_at(
        evidence,
        lines,
        (
            say(
                "{file}:{line} calls the target there and then, in the calling process; what it returned is then "
                "given to `Process`."
            ),
            say("The target was called in the calling process; what it returned was given to `Process`."),
        ),
        sure=evidence.has("target-called") or raised_there,
        likely=evidence.says("object is not callable") or evidence.has("no-processes", "serial", "child-died"),
    )


RULE = Rule(
    code="target-called",
    title=say("The target was called instead of handed over"),
    next_step=say(
        "Hand over the function itself, without brackets: `Process(target=work)`; "
        "what it takes, if anything, goes into `args`."
    ),
    find=find,
    instead_of=("no-processes", "serial-not-parallel", "child-died", "crashed"),
)
