# expect: calls_each_step failed no-processes
"""Wrong: each phase has processes of its own."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def take(step, worker, phase, failed):
    try:
        step(worker, phase)
    except Exception:
        failed.set()


def run_phases(step, workers, phases):
    failed = multiprocessing.Event()
    for phase in range(phases):
        team = [multiprocessing.Process(target=take, args=(step, worker, phase, failed)) for worker in range(workers)]
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
