# expect: tells_a_failure failed -
# expect: ends_after_the_phase skipped -
# expect: prints_nothing failed -
"""Wrong: the exception of the step reaches the caller, not PhaseFailed."""

import multiprocessing
import threading


class PhaseFailed(Exception):
    pass


def go_through(step, worker, phases, barrier, errors):
    try:
        for phase in range(phases):
            step(worker, phase)
            barrier.wait()
    except threading.BrokenBarrierError:
        pass
    except Exception as error:
        errors.put(error)
        barrier.abort()


def run_phases(step, workers, phases):
    barrier = multiprocessing.Barrier(workers)
    errors = multiprocessing.SimpleQueue()
    team = [
        multiprocessing.Process(target=go_through, args=(step, worker, phases, barrier, errors))
        for worker in range(workers)
    ]
    for process in team:
        process.start()
    for process in team:
        process.join()
    if not errors.empty():
        raise errors.get()


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
    with condition:
        return condition.wait_for(predicate, timeout=seconds)
