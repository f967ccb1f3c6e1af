"""Nobody can ever go on: each waits without limit, or looks for ever in a loop that only waits.

Who polls has its turns, and that alone proves nothing: it may count them, or read a clock. It is stuck if nobody has
done anything for a while and its source says that its loop does nothing else (`observe.waitloops`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from grader.model.witness import Blocked
from grader.schedule.shadow import Shadow
from grader.schedule.workers import Status, Worker

OnlyWaits = Callable[[Collection[int | None]], bool]
"""Whether these lines of the program are all of one loop that only waits."""

LOOKS = 60  # turns of each who polls since anybody has done anything: whatever there was to see, it has seen


def is_livelock(workers: Iterable[Worker], shadow: Shadow, only_waits: OnlyWaits) -> bool:
    """Whether some poll for ever, and all others wait for them without limit."""
    polling = False
    for worker in workers:
        request = worker.request
        if worker.status is Status.IDLE:
            continue
        if worker.status is not Status.ASKING or worker.owed or request is None or request.free:
            return False
        if worker.deadline is None and request.need is not None and not worker.can_go(shadow):
            continue
        if worker.still < LOOKS or not only_waits(worker.places):
            return False
        polling = True
    return polling


def blocked(workers: Iterable[Worker], shadow: Shadow, *, polling: bool) -> tuple[Blocked, ...]:
    """Every worker that waits for something that is not there, with who holds it; who polls does so, too."""
    found = []
    for worker in workers:
        request = worker.look if polling and worker.still >= LOOKS else worker.request
        if request is None:
            continue
        if request is worker.look or (request.need and not worker.can_go(shadow)):
            found.append(
                Blocked(
                    worker=worker.name,
                    op=str(request.op),
                    resource=request.on,
                    line=request.line,
                    held_by=shadow.holder(request.need[0] if request.need else request.on),
                    holds=shadow.held_by(worker.name),
                )
            )
    return tuple(found)
