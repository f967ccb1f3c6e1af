# expect: writes_in_two_processes failed no-processes
"""Wrong: the list is not written by anybody, the answer is known."""

import multiprocessing
import threading


class PhaseFailed(Exception):
    pass


def go_through(step, worker, phases, barrier, failed):
    try:
        for phase in range(phases):
            step(worker, phase)
            barrier.wait()
    except threading.BrokenBarrierError:
        pass
    except Exception:
        failed.set()
        barrier.abort()


def run_phases(step, workers, phases):
    barrier = multiprocessing.Barrier(workers)
    failed = multiprocessing.Event()
    team = [
        multiprocessing.Process(target=go_through, args=(step, worker, phases, barrier, failed))
        for worker in range(workers)
    ]
    for process in team:
        process.start()
    for process in team:
        process.join()
    if failed.is_set():
        raise PhaseFailed


def ping_pong(rounds):
    texts = []
    for _ in range(rounds):
        texts.append("ping")
        texts.append("pong")
    return texts


def wait_for(condition, predicate, seconds):
    with condition:
        return condition.wait_for(predicate, timeout=seconds)
