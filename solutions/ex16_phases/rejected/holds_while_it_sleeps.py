# expect: waits_until_true failed -
# expect: passes_an_error_on timeout -
"""Wrong: holds the condition all the time, so that nobody can make it true."""

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


def write(texts, text, rounds, mine, other):
    for _ in range(rounds):
        mine.acquire()
        texts.append(text)
        other.release()


def ping_pong(rounds):
    ping, pong = multiprocessing.Semaphore(1), multiprocessing.Semaphore(0)
    with multiprocessing.Manager() as manager:
        texts = manager.list()
        first = multiprocessing.Process(target=write, args=(texts, "ping", rounds, ping, pong))
        second = multiprocessing.Process(target=write, args=(texts, "pong", rounds, pong, ping))
        first.start()
        second.start()
        first.join()
        second.join()
        return list(texts)


def wait_for(condition, predicate, seconds):
    end = time.monotonic() + seconds
    with condition:
        while not predicate():
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        return True
