"""Somebody asked a queue whether there is something in it, and acted on an answer that was no longer true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.diagnosis import habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.diagnosis.sentences import who
from grader.inside.vocabulary import Op
from grader.model.accesses import WAITS, succeeded
from grader.model.message import say
from grader.model.witness import Blocked, Step

LOOKS = {Op.EMPTY, Op.FULL, Op.QSIZE}
PROMISES = {(Op.EMPTY, Op.GET), (Op.QSIZE, Op.GET), (Op.FULL, Op.PUT), (Op.QSIZE, Op.PUT)}


def find(evidence: Evidence) -> Finding | None:
    """A look at a queue, followed by an action of the same worker that the look had promised and that failed."""
    for look, act in _pairs(evidence):
        sentence = say(
            "{looker} asked {resource} for {question} and was told {answer}; when {actor} came to {action}, that was "
            "no longer true: others use the same queue.",
            looker=who(look, evidence.file_name),
            resource=look.resource,
            question=look.op,
            answer=look.value,
            actor=who(act, evidence.file_name),
            action=act.op,
        )
        return Finding(sentence=sentence, sites=evidence.at(look.line, act.line), weight=Weight.SHOWN)
    last = _last_look(evidence.steps)
    if last and not evidence.is_stuck:
        sentence = say(
            "{looker} found {resource} empty and stopped taking; an item that was put was not there yet, or came "
            "later. `empty()` tells what is there now, not what will come.",
            looker=who(last, evidence.file_name),
            resource=last.resource,
        )
        return Finding(sentence=sentence, sites=evidence.at(last.line), weight=Weight.SHOWN)
    if evidence.has("check-then-act"):
        lines = habits.looks_before_acting(evidence.source, evidence.functions)
        sentence = say("Between asking and acting somebody else came first: the answer was out of date.")
        return Finding(sentence=sentence, sites=evidence.at(*lines), weight=Weight.MEASURED)
    return None


def _pairs(evidence: Evidence) -> Iterator[tuple[Step, Step | Blocked]]:
    """Looks of a worker, each with the failed or blocked get or put of the same worker that came next on that queue."""
    looks: dict[tuple[str, str], Step] = {}
    for step in evidence.steps:
        key = step.worker, step.resource
        if step.op in LOOKS:
            looks[key] = step
        elif step.op in {Op.GET, Op.PUT}:
            look = looks.get(key)
            if look and _promised(look, step) and not succeeded(step) and step.note != WAITS:
                yield look, step
            if step.note != WAITS and look and look.op != Op.QSIZE:  # a length is relied on for many
                del looks[key]
    for entry in evidence.blocked:
        look = looks.get((entry.worker, entry.resource))
        if look and _promised(look, entry):
            yield look, entry


def _promised(look: Step, act: Step | Blocked) -> bool:
    """Whether the look said that the action was possible: not empty, not full."""
    return (look.op, act.op) in PROMISES and look.value not in {"True", "0"}


def _last_look(steps: Sequence[Step]) -> Step | None:
    """A look that found a queue empty although an item was still on its way, after which the worker took no more."""
    for place, look in enumerate(steps):
        if look.op != Op.EMPTY or look.value != "True":
            continue
        later = [step for step in steps[place + 1 :] if step.resource == look.resource]
        if any(step.op in {Op.PUT, Op.FLUSH} for step in later) and not any(
            step.worker == look.worker and step.op in {Op.GET, *LOOKS} for step in later
        ):
            return look
    return None


RULE = Rule(
    code="check-then-act",
    title=say("The answer was out of date when it was used"),
    next_step=say("Do not ask first: call `get` or `put` with a limit, and catch `queue.Empty` or `queue.Full`."),
    find=find,
    instead_of=("lost-item", "waits-for-ever", "crashed"),
)
