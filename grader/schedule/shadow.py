"""What the coordinator knows of the resources: reported by the operations themselves, used to steer, never to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.workers import News, Status, Worker

QUIET = {
    *(Op.READ, Op.EMPTY, Op.FULL, Op.QSIZE, Op.IS_ALIVE, Op.IS_SET, Op.POLL, Op.STATE),
    *(Op.BEGIN, Op.END, Op.EXIT, Op.SLEEP),
}

TRIES = {Op.ACQUIRE, Op.GET, Op.PUT}  # they tell what they saw only if they succeeded


FEEDER = "feeder of "  # how the names of feeder threads begin
SEVERAL = "several things"  # a resource that changes with every other one


class Shadow:
    """Aspects of resources, holders of locks, ended workers, items that feeders still have to flush."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.effects = 0
        self._aspects: dict[tuple[str, Aspect], bool | None] = {}
        self._versions: Counter[str] = Counter()
        self._holders: dict[str, list[str]] = {}
        self._to_flush: Counter[str] = Counter()
        self._joined: dict[str, set[str]] = {}

    def holds(self, need: tuple[str, Aspect]) -> bool | None:
        """Whether the need is met; None if that is not known."""
        resource, aspect = need
        match aspect:
            case Aspect.NEVER:
                return False
            case Aspect.GONE:
                return resource in self.gone
            case Aspect.FLUSHED:
                return self._to_flush[resource] == 0
            case _:
                return self._aspects.get(need)

    def version(self, resource: str) -> int:
        """Grows whenever the resource may have changed."""
        return self._versions[resource] if resource != SEVERAL else self._versions.total() + len(self.gone)

    def news(self, _worker: str, news: Iterable[News]) -> None:
        """Take in what an operation made of resources."""
        for item in news:
            if self._aspects.get((item.on, item.aspect), 0) != item.holds or item.holds is None:
                self._versions[item.on] += 1
            self._aspects[item.on, item.aspect] = item.holds

    def doubt(self) -> None:
        """Whatever is known of aspects may have changed; whoever needs one tries."""
        for resource, aspect in self._aspects:
            self._aspects[resource, aspect] = None
            self._versions[resource] += 1

    def did(self, worker: str, op: Op, resource: str, seen: tuple[str, ...]) -> None:
        """An operation is over; `seen` is what it read."""
        failed = op in TRIES and (not seen or (op is Op.ACQUIRE and seen[-1] == "False"))
        if op not in QUIET and not failed:
            self.effects += 1
        if op is Op.JOIN and resource in self.gone:
            self._joined.setdefault(worker, set()).update({resource}, self._joined.get(resource, ()))
        if op is Op.ACQUIRE and not failed:
            self._holders.setdefault(resource, []).append(worker)
        elif op is Op.RELEASE and self._holders.get(resource):
            holders = self._holders[resource]
            holders.remove(worker if worker in holders else holders[-1])

    def joined_by(self, worker: str) -> frozenset[str]:
        """Workers of which this one has seen the end, itself or through one that it joined."""
        return frozenset(self._joined.get(worker, ()))

    def holder(self, resource: str) -> str:
        """Who holds the lock, "" if nobody is known to."""
        return next(iter(self._holders.get(resource, ())), "")

    def held_by(self, worker: str) -> tuple[str, ...]:
        """The locks that the worker holds."""
        return tuple(resource for resource, holders in self._holders.items() if worker in holders)

    def feed(self, feeders: Iterable[str]) -> None:
        """These feeders have one more item each to flush."""
        self._to_flush.update(feeders)

    def flushed(self, feeder: str) -> None:
        """The feeder has flushed one item."""
        self._to_flush[feeder] -= 1
        self.effects += 1

    def abandoned(self, feeder: str, worker: str) -> bool:
        """Nobody waits for what the feeder has not flushed; False if it is not a feeder of that worker."""
        if not feeder.endswith(f" in {worker}"):
            return False
        self._to_flush.pop(feeder, None)
        return True

    def must_flush(self, workers: Mapping[str, Worker]) -> bool:
        """Whether a feeder has work and has not yet asked for its turn."""
        waiting = (name for name, count in self._to_flush.items() if count > 0)
        return any(name not in workers or workers[name].status is Status.IDLE for name in waiting)

    def flushes_of(self, worker: str) -> bool:
        """Whether a feeder of that process has items to flush."""
        return any(count > 0 and name.endswith(f" in {worker}") for name, count in self._to_flush.items())

    def ended(self, worker: str) -> None:
        """The worker is gone; its feeders are too. The end of a feeder alone is told at no certain time."""
        if worker.startswith(FEEDER):
            self._to_flush.pop(worker, None)
            return
        self.gone.add(worker)
        self.effects += 1
        for resource, aspect in [need for need in self._aspects if need[1] in (Aspect.READABLE, Aspect.WRITABLE)]:
            self._aspects[resource, aspect] = None  # its ends of pipes are closed
            self._versions[resource] += 1
        for feeder in [name for name in self._to_flush if name.endswith(f" in {worker}")]:
            del self._to_flush[feeder]
