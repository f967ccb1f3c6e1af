# expect: calls_each_step failed unpicklable-target
# expect: keeps_phases_apart failed unpicklable-target
# expect: steps_at_once failed unpicklable-target
# expect: tells_a_failure failed unpicklable-target
# expect: ends_after_the_phase skipped -
"""Wrong: a function inside a function can be a target under fork only."""

import multiprocessing
import threading


class PhaseFailed(Exception):
    pass


def run_phases(step, workers, phases):
    barrier = multiprocessing.Barrier(workers)
    failed = multiprocessing.Event()

    def go_through(worker):
        try:
            for phase in range(phases):
                step(worker, phase)
                barrier.wait()
        except threading.BrokenBarrierError:
            pass
        except Exception:
            failed.set()
            barrier.abort()

    team = [multiprocessing.Process(target=go_through, args=(worker,)) for worker in range(workers)]
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
    with condition:
        return condition.wait_for(predicate, timeout=seconds)
