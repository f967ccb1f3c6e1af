"""Right: a counter with a condition, and use_slot with a semaphore as context."""

import contextlib
import multiprocessing


@contextlib.contextmanager
def slot(semaphore, seconds):
    got = semaphore.acquire(timeout=seconds)
    try:
        yield got
    finally:
        if got:
            semaphore.release()


def use_slot(semaphore, job, seconds):
    with slot(semaphore, seconds) as got:
        if got:
            job()
        return got


def run_counted(condition, running, limit, job):
    with condition:
        condition.wait_for(lambda: running.value < limit)
        running.value += 1
    try:
        job()
    finally:
        with condition:
            running.value -= 1
            condition.notify()


def run_limited(jobs, limit):
    condition = multiprocessing.Condition()
    running = multiprocessing.Value("i", 0, lock=False)
    team = [multiprocessing.Process(target=run_counted, args=(condition, running, limit, job)) for job in jobs]
    for process in team:
        process.start()
    return [process.join() or process.exitcode for process in team]
