"""concurrent.futures hands the lock to its workers in the same way."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


class Worker:
    """What a worker process knows."""

    lock = None

    @classmethod
    def begin(cls, lock):
        cls.lock = lock

    def __init__(self, prepare, commit):
        self.prepare = prepare
        self.commit = commit

    def __call__(self, item):
        draft = self.prepare(item)
        with self.lock:
            return self.commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    context = multiprocessing.get_context()
    lock = context.BoundedSemaphore(1)
    with ProcessPoolExecutor(workers, context, Worker.begin, (lock,)) as executor:
        futures = [executor.submit(Worker(prepare, commit), item) for item in items]
        return [future.result() for future in futures]
