"""What a step means: whether it reads or overwrites something shared, and whether it came to what was wanted."""

from __future__ import annotations

from grader.inside.vocabulary import Op
from grader.model.witness import Step

WAITS = "waits"
FRUITLESS = WAITS, "late"
MANAGER_READS = {
    *("__getitem__", "get", "copy", "items", "values", "keys", "setdefault", "__contains__", "__getattribute__")
}
MANAGER_WRITES = {
    *("__setitem__", "set", "update", "append", "extend", "__setattr__", "__iadd__", "insert"),
}
MANAGER_DATA = ("manager dict", "manager list", "manager Value", "manager Namespace", "manager Array")


def is_read(step: Step) -> bool:
    """Whether the step reads something shared that somebody may overwrite."""
    if step.resource.startswith("manager "):
        return step.resource.startswith(MANAGER_DATA) and (step.op == Op.GET or step.value in MANAGER_READS)
    return step.op == Op.READ


def is_write(step: Step) -> bool:
    """Whether the step overwrites something shared."""
    if step.resource.startswith("manager "):
        return step.resource.startswith(MANAGER_DATA) and step.value in MANAGER_WRITES
    return step.op == Op.WRITE


def succeeded(step: Step) -> bool:
    """Whether the turn came to what the worker wanted."""
    if step.note == WAITS:
        return False
    if step.op == Op.ACQUIRE and step.value:
        return step.value == "True"
    if step.op == Op.GET:
        return bool(step.value)  # one that found the queue empty has nothing to show
    return step.note not in FRUITLESS
