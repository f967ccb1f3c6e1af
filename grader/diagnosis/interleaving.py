"""What a witness shows: who held which lock when, which write overwrote which, who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.inside.vocabulary import Op
from grader.model.accesses import is_read, is_write, succeeded
from grader.model.witness import Blocked, Step


class Guard(StrEnum):
    """How the one that lost an update was guarded against it."""

    NONE = "none"
    WRITE_ONLY = "write-only"
    LET_GO = "let-go"
    OTHER_LOCK = "other-lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwrite:
    """`write` puts down what was computed from `read`, over `other`, which came between the two."""

    read: Step
    other: Step
    write: Step
    guard: Guard
    lock: str = ""
    other_lock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Access:
    place: int
    step: Step
    since: dict[str, int]  # locks that the worker holds at this step, and since which step

    @property
    def locks(self) -> set[str]:
        return set(self.since)


def overwrites(steps: Sequence[Step]) -> Iterator[Overwrite]:
    """Every write over another worker's write that was made after the own read, in the order of the writes."""
    held = holdings(steps)
    reads: dict[tuple[str, str], _Access] = {}
    writes: dict[str, list[tuple[_Access, _Access | None]]] = {}
    for place, step in enumerate(steps):
        access = _Access(place=place, step=step, since=held[place])
        if is_read(step):
            reads[step.worker, step.resource] = access
        elif is_write(step):
            read = reads.pop((step.worker, step.resource), None)
            for other, before in writes.get(step.resource, []) if read else []:
                if read and other.place > read.place and other.step.worker != step.worker and _changed(read, other):
                    yield _overwrite(read, other, before, access)
                    break
            writes.setdefault(step.resource, []).append((access, read))


def first_overwrite(steps: Sequence[Step]) -> Overwrite | None:
    """The first of them, which the later ones only repeat."""
    return next(overwrites(steps), None)


def holdings(steps: Sequence[Step]) -> list[dict[str, int]]:
    """For each step the locks that its worker holds, and since which step."""
    held: dict[str, dict[str, int]] = {}
    depth: dict[tuple[str, str], int] = {}
    told = []
    for place, step in enumerate(steps):
        mine = held.setdefault(step.worker, {})
        told.append(dict(mine))
        key = (step.worker, step.resource)
        if step.op == Op.ACQUIRE and succeeded(step):
            depth[key] = depth.get(key, 0) + 1
            mine.setdefault(step.resource, place)
        elif step.op == Op.RELEASE:
            _release(held, depth, key)
    return told


def taken_mark(steps: Sequence[Step], blocked: Sequence[Blocked]) -> tuple[Step, Blocked] | None:
    """An end mark that one worker took before it ended, and another worker that waits for one in the same queue."""
    for entry in blocked:
        if entry.op != Op.GET:
            continue
        takes = [step for step in steps if step.op == Op.GET and step.resource == entry.resource and succeeded(step)]
        last = {step.worker: step for step in takes}
        for worker, step in last.items():
            if worker != entry.worker and is_mark(step.value) and has_ended(blocked, worker):
                return step, entry
    return None


def is_mark(value: str) -> bool:
    """Whether an item looks like an end mark: None, or a text in capitals."""
    return value == "None" or value.strip("'\"").isupper()


def taken_at(steps: Sequence[Step], worker: str, lock: str) -> Step | None:
    """The step at which the worker acquired the lock for the last time."""
    mine = (step for step in reversed(steps) if step.worker == worker and step.resource == lock)
    return next((step for step in mine if step.op == Op.ACQUIRE and succeeded(step)), None)


def has_ended(blocked: Sequence[Blocked], worker: str) -> bool:
    """Whether the worker had ended when nothing could move any more: all that were alive then were blocked."""
    return bool(blocked) and all(entry.worker != worker for entry in blocked)


def circle(blocked: Sequence[Blocked]) -> tuple[Blocked, ...]:
    """Workers each of which waits for a lock that the next one holds, the last one for the first's; () if none do."""
    waiting = {entry.worker: entry for entry in blocked if entry.held_by and wanted_lock(entry)}
    for first in waiting.values():
        path = [first]
        while (after := waiting.get(path[-1].held_by)) and after not in path:
            path.append(after)
        if after is first and len(path) > 1:
            return tuple(path)
    return ()


def wanted_lock(entry: Blocked) -> str:
    """The lock that the worker waits for, "" if it waits for something else."""
    if entry.op == Op.ACQUIRE:
        return entry.resource if is_lock(entry.resource) else ""
    if entry.op in {Op.READ, Op.WRITE} and entry.held_by:  # a locked Value takes its own lock for each access
        return entry.resource.split("[")[0] + ".get_lock()"
    return ""


def is_lock(resource: str) -> bool:
    """Whether a resource of this name is a mutex, which has a holder; a semaphore has none."""
    return resource.startswith(("lock", "rlock", "manager Lock", "manager RLock")) or ".get_lock()" in resource


def _release(held: dict[str, dict[str, int]], depth: dict[tuple[str, str], int], key: tuple[str, str]) -> None:
    worker, lock = key
    if depth.get(key):
        depth[key] -= 1
        if not depth[key]:
            held[worker].pop(lock, None)
        return
    for other, locks in held.items():  # a Lock may be released by a process that does not hold it
        if locks.pop(lock, None) is not None:
            depth[other, lock] = 0


def _changed(read: _Access, other: _Access) -> bool:
    """Whether the other one's write made what was read out of date; values are not always known."""
    return not read.step.value or read.step.resource.startswith("manager ") or other.step.value != read.step.value


def _overwrite(read: _Access, other: _Access, before: _Access | None, write: _Access) -> Overwrite:
    guard, lock, other_lock = _guard(read, other, before, write)
    return Overwrite(read=read.step, other=other.step, write=write.step, guard=guard, lock=lock, other_lock=other_lock)


def _guard(read: _Access, other: _Access, before: _Access | None, write: _Access) -> tuple[Guard, str, str]:
    """How the writer was guarded, with its lock and the other one's; `before` is the other one's own read."""
    throughout = {lock for lock in write.locks & read.locks if write.since[lock] == read.since[lock]}
    if throughout and other.locks and not throughout & other.locks:
        return Guard.OTHER_LOCK, min(throughout), min(other.locks)
    if throughout:  # the writer did all it could: the other one wrote without the lock
        half = before is not None and bool(before.locks) and not other.locks
        return (Guard.LET_GO, min(before.locks), "") if half and before else (Guard.NONE, "", "")
    if write.locks - read.locks:
        return Guard.WRITE_ONLY, min(write.locks - read.locks), ""
    if read.locks:
        return Guard.LET_GO, min(read.locks), ""
    return Guard.NONE, "", ""
