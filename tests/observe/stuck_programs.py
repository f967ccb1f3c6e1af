"""Programs that can never end, started as `python stuck_programs.py NAME START_METHOD`."""

from __future__ import annotations

import multiprocessing as mp
import sys
from typing import Any


def lock_taken_twice() -> None:
    """A lock is not reentrant."""
    lock = mp.Lock()
    lock.acquire()
    lock.acquire()


def locks_in_opposite_order() -> None:
    """Each holds what the other wants: the barrier makes sure of it."""
    first, second, both = mp.Lock(), mp.Lock(), mp.Barrier(2)
    workers = [
        mp.Process(target=_take_both, args=(first, second, both)),
        mp.Process(target=_take_both, args=(second, first, both)),
    ]
    _start_and_join(workers)


def _take_both(outer: Any, inner: Any, both: Any) -> None:
    with outer:
        both.wait()
        with inner:
            pass


def child_waits_for_its_parent() -> None:
    """The parent joins a child that waits for an item which nobody puts."""
    queue: mp.Queue[int] = mp.Queue()
    _start_and_join([mp.Process(target=_get, args=(queue,))])


def get_without_producer() -> None:
    """Nobody else is there to put anything."""
    mp.Queue().get()


def join_before_drain() -> None:
    """The child cannot end before its item went through the pipe, which is too small for it."""
    queue: mp.Queue[bytes] = mp.Queue()
    worker = mp.Process(target=_put, args=(queue, 1 << 20))
    worker.start()
    worker.join()


def pool_with_a_blocked_worker() -> None:
    """The parent holds the lock that its workers need for their answers."""
    lock = mp.Lock()
    with lock, mp.Pool(2, initializer=_keep, initargs=(lock,)) as pool:
        pool.map(_use_kept, range(2))


def manager_lock_taken_twice() -> None:
    """The lock lives in the server; its polling main thread is no sign of life."""
    lock = mp.Manager().Lock()
    lock.acquire()
    lock.acquire()


def manager_queue_without_producer() -> None:
    """A worker waits for an item of the server's queue, its parent for the worker."""
    with mp.Manager() as manager:
        queue = manager.Queue()
        _start_and_join([mp.Process(target=_get, args=(queue,))])


def pipe_that_the_reader_keeps_open() -> None:
    """There is no end of file while the reader holds the writing end itself."""
    reader, _writer = mp.Pipe(duplex=False)
    reader.recv()


def barrier_with_one_missing() -> None:
    """Two come where three are awaited."""
    barrier = mp.Barrier(3)
    _start_and_join([mp.Process(target=barrier.wait) for _ in range(2)])


_kept: list[Any] = []


def _keep(lock: Any) -> None:
    _kept.append(lock)


def _use_kept(number: int) -> int:
    with _kept[0]:
        return number


def _get(queue: Any) -> None:
    queue.get()


def _put(queue: Any, size: int) -> None:
    queue.put(bytes(size))


def _start_and_join(workers: list[mp.Process]) -> None:
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


PROGRAMS = (
    lock_taken_twice,
    locks_in_opposite_order,
    child_waits_for_its_parent,
    get_without_producer,
    join_before_drain,
    pool_with_a_blocked_worker,
    manager_lock_taken_twice,
    manager_queue_without_producer,
    pipe_that_the_reader_keeps_open,
    barrier_with_one_missing,
)

OF_INTEREST = (locks_in_opposite_order, pool_with_a_blocked_worker, manager_lock_taken_twice)
"""Those that are run under every start method: plain workers, the library's threads, a server."""

if __name__ == "__main__":
    mp.set_start_method(sys.argv[2])
    {program.__name__: program for program in PROGRAMS}[sys.argv[1]]()
