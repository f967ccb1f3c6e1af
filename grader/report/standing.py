"""What stands after each step of a witness: values of data, holders of locks, items in queues and where they went."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.inside.vocabulary import Op
from grader.model.accesses import is_read, is_write, succeeded
from grader.model.witness import Step

FEEDER = "feeder of "  # a queue's thread in a process: "feeder of queue-1 in first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """After one step: name -> value of data, holder of a lock, number of items in a queue."""

    values: dict[str, str] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)


def owner_of(worker: str) -> str:
    """The process in whose lane a worker is told: a queue's feeder thread belongs to the process that puts."""
    return worker.partition(" in ")[2] or worker if worker.startswith(FEEDER) else worker


def standings(steps: Sequence[Step]) -> list[Standing]:
    """One for each step."""
    now = Standing()
    told = []
    arrives = _arrivals(steps)
    for step in steps:
        values, holders, depths = dict(now.values), dict(now.holders), dict(now.depths)
        if (is_write(step) or is_read(step)) and step.value and not step.resource.startswith("manager "):
            values[step.resource] = step.value
        if step.op == Op.ACQUIRE and succeeded(step):
            holders[step.resource] = owner_of(step.worker)
        elif step.op == Op.RELEASE:
            holders.pop(step.resource, None)
        elif step.op == arrives.get(step.resource) and succeeded(step):
            depths[step.resource] = depths.get(step.resource, 0) + 1
        elif _takes(step) and step.resource in depths:
            depths[step.resource] = max(0, depths[step.resource] - 1)
        now = Standing(values=values, holders=holders, depths=depths)
        told.append(now)
    return told


def handovers(steps: Sequence[Step]) -> dict[int, int]:
    """For each step that took an item the step that put it; both counted from 1. Queues are first in, first out."""
    arrives = _arrivals(steps)
    outgoing: dict[tuple[str, str], deque[int]] = {}
    inside: dict[str, deque[int]] = {}
    found = {}
    for number, step in enumerate(steps, start=1):
        key = owner_of(step.worker), step.resource
        if step.op == Op.PUT and succeeded(step):
            outgoing.setdefault(key, deque()).append(number)
        if step.op == arrives.get(step.resource) and outgoing.get(key):
            inside.setdefault(step.resource, deque()).append(outgoing[key].popleft())
        elif _takes(step) and inside.get(step.resource):
            found[number] = inside[step.resource].popleft()
    return found


def _arrivals(steps: Sequence[Step]) -> dict[str, str]:
    """By which operation items arrive in each queue: by the flush of a feeder thread where there is one."""
    puts = {step.resource: str(Op.PUT) for step in steps if step.op == Op.PUT}
    return puts | {step.resource: str(Op.FLUSH) for step in steps if step.op == Op.FLUSH}


def _takes(step: Step) -> bool:
    return step.op == Op.GET and succeeded(step) and not is_read(step)
