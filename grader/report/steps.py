"""How one step of a witness is said."""

from __future__ import annotations

from enum import StrEnum

from grader.model.accesses import WAITS
from grader.model.message import Message, say
from grader.model.witness import Blocked, Step
from grader.report.sanitise import clean_line

TIMED_OUT = "late"


class Kind(StrEnum):
    """What a step does, as far as a drawing distinguishes it."""

    READS = "reads"
    WRITES = "writes"
    WAITS = "waits"
    EDGE = "edge"
    OTHER = "other"


def kind_of(step: Step) -> Kind:
    """The kind of mark that stands for the step."""
    if step.note == WAITS:
        return Kind.WAITS
    if step.op in {"begin", "end"}:
        return Kind.EDGE
    if step.op == "write":
        return Kind.WRITES
    return Kind.READS if step.op == "read" else Kind.OTHER


def phrase(step: Step) -> Message:
    """The step without its worker: "reads counter: 5"."""
    template = _templates(step.note).get(step.op) or DONE.get(step.op)
    resource, value = clean_line(step.resource, width=60), clean_line(step.value, width=60)
    if template is None:
        words = (clean_line(step.op, width=60), resource, value, clean_line(step.note, width=60))
        return say("{words}", words=" ".join(word for word in words if word))
    values = {"resource": resource, "value": value or "…"}
    return Message(template=template, values=values)


def waiting_phrase(blocked: Blocked) -> Message:
    """What a worker waits for that cannot move any more, without its name."""
    template = WAITING.get(blocked.op, WAITS_FOR)
    return Message(template=template, values={"resource": clean_line(blocked.resource, width=60)})


def _templates(note: str) -> dict[str, str]:
    if note == WAITS:
        return WAITING
    return GIVEN_UP if note == TIMED_OUT else DONE


def _(template: str) -> str:
    """Marks a template for translation; the tables below are read by `phrase`."""
    return template


WAITS_FOR = _("waits for {resource}")

DONE = {
    "acquire": _("takes {resource}"),
    "release": _("releases {resource}"),
    "read": _("reads {resource}: {value}"),
    "write": _("writes {resource}: {value}"),
    "put": _("puts {value} on {resource}"),
    "flush": _("the item reaches {resource}"),
    "get": _("gets {value} from {resource}"),
    "empty": _("asks if {resource} is empty: {value}"),
    "full": _("asks if {resource} is full: {value}"),
    "qsize": _("asks how much is in {resource}: {value}"),
    "task-done": _("acknowledges an item of {resource}"),
    "start": _("starts {resource}"),
    "join": _("joins {resource}"),
    "is-alive": _("looks whether {resource} has ended"),
    "sleep": _("has slept for {value}"),
    "call-manager": _("asks the manager for {resource}: {value}"),
    "wait": WAITS_FOR,
    "notify": _("notifies who waits at {resource}"),
    "notified": _("sees that who waited at {resource} is awake"),
    "is-set": _("asks if {resource} is set: {value}"),
    "set": _("sets {resource}"),
    "clear": _("clears {resource}"),
    "arrive": _("arrives at {resource}"),
    "reset": _("resets {resource}"),
    "abort": _("breaks {resource}"),
    "state": _("asks how {resource} stands: {value}"),
    "send": _("sends {value} into {resource}"),
    "receive": _("receives {value} from {resource}"),
    "poll": _("asks if something is in {resource}: {value}"),
    "close": _("closes {resource}"),
    "signal": _("sends {value} to {resource}"),
    "join-queue": _("has seen every item of {resource} acknowledged"),
    "join-thread": _("has put all its items into {resource}"),
    "begin": _("begins"),
    "end": _("ends"),
    "exit": _("exits"),
}

WAITING = {
    "acquire": WAITS_FOR,
    "put": _("waits for room in {resource}"),
    "get": _("waits for an item of {resource}"),
    "join": _("waits until {resource} ends"),
    "wait": WAITS_FOR,
    "send": _("waits for room in {resource}"),
    "receive": _("waits for something in {resource}"),
    "sleep": _("sleeps"),
    "join-queue": _("waits until every item of {resource} is acknowledged"),
    "join-thread": _("waits until its items are in {resource}"),
    "exit": _("waits at its end"),
}

GIVEN_UP = {
    "acquire": _("gives up waiting for {resource}"),
    "put": _("finds no room in {resource} in time"),
    "get": _("gets nothing from {resource} in time"),
    "join": _("stops waiting for {resource}"),
    "wait": _("gives up waiting for {resource}"),
}
