"""A process that the function started was still there after it had returned."""

from __future__ import annotations

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.message import Message, say
from grader.model.observation import Remainder


def find(evidence: Evidence) -> Finding | None:
    """A process or a zombie of the program, seen from outside after the function had come to its end."""
    alive, dead = evidence.remains(Remainder.PROCESS), evidence.remains(Remainder.ZOMBIE)
    stated = evidence.has("left-process", "left-zombie", "child-left-behind")
    if not stated and (evidence.result.facts or not (alive or dead)):
        return None
    sites = evidence.at(*habits.starts(evidence.source, evidence.functions))
    return Finding(sentence=_sentence(evidence, alive, dead), sites=sites, weight=Weight.MEASURED)


def _sentence(evidence: Evidence, alive: tuple[str, ...], dead: tuple[str, ...]) -> Message:
    if alive:
        return say("After the function had returned, this was still running: {processes}.", processes=", ".join(alive))
    if dead or evidence.has("left-zombie"):
        return say("A process has ended, but nobody has waited for it: without `join()` it stays in the process table.")
    return say("After the function had returned, a process that it had started was still running.")


RULE = Rule(
    code="child-left-behind",
    title=say("A process was left behind"),
    next_step=say(
        "Wait for every process with `join()` before the function returns, also when something raises: in a `finally`,"
        " or with `with`."
    ),
    find=find,
)
