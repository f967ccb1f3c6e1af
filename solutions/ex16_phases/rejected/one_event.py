# expect: writes_in_turn failed -
"""Wrong: the same event for both: whoever has set it may find it set."""

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


def write(texts, text, rounds, turn):
    for _ in range(rounds):
        turn.wait()
        turn.clear()
        texts.append(text)
        turn.set()


def ping_pong(rounds):
    turn = multiprocessing.Event()
    with multiprocessing.Manager() as manager:
        texts = manager.list()
        first = multiprocessing.Process(target=write, args=(texts, "ping", rounds, turn))
        second = multiprocessing.Process(target=write, args=(texts, "pong", rounds, turn))
        first.start()
        turn.set()
        second.start()
        first.join()
        second.join()
        return list(texts)


def wait_for(condition, predicate, seconds):
    with condition:
        return condition.wait_for(predicate, timeout=seconds)
