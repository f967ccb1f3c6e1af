"""`run()` was called where `start()` was meant."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or fewer processes than asked were seen, and `run()` is called."""
    return point_at(
        evidence,
        process_habits.runs_instead_of_starting(evidence.source, evidence.functions),
        (
            say("{file}:{line} calls `run()`, which does the work in the calling process; no process is started."),
            say("`run()` was called, which does the work in the calling process; no process is started."),
        ),
        sure=evidence.has("run-instead-of-start"),
        likely=evidence.has("no-processes", "serial"),
    )


RULE = Rule(
    code="run-instead-of-start",
    title=say("run() does not start a process"),
    next_step=say("Call `start()`; it makes the process, which then calls `run()` by itself."),
    find=find,
    instead_of=("no-processes", "serial-not-parallel"),
)
