# expect: writes_in_turn failed sleep-as-synchronisation
"""Wrong: each waits so long that the other should be ready; a process that comes up late is too late."""

import multiprocessing
import threading
import time


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


def write(texts, text, rounds, first):
    time.sleep(first)
    for _ in range(rounds):
        texts.append(text)
        time.sleep(0.2)


def ping_pong(rounds):
    with multiprocessing.Manager() as manager:
        texts = manager.list()
        first = multiprocessing.Process(target=write, args=(texts, "ping", rounds, 0))
        second = multiprocessing.Process(target=write, args=(texts, "pong", rounds, 0.1))
        first.start()
        second.start()
        first.join()
        second.join()
        return list(texts)


def wait_for(condition, predicate, seconds):
    with condition:
        return condition.wait_for(predicate, timeout=seconds)
