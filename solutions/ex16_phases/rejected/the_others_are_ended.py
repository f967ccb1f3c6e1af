# expect: ends_after_the_phase failed -
"""Wrong: as soon as one has failed, the others are ended in the middle of their step."""

import multiprocessing
from multiprocessing.connection import wait


class PhaseFailed(Exception):
    pass


def go_through(step, worker, phases, barrier):
    for phase in range(phases):
        step(worker, phase)
        barrier.wait()


def run_phases(step, workers, phases):
    barrier = multiprocessing.Barrier(workers)
    team = [
        multiprocessing.Process(target=go_through, args=(step, worker, phases, barrier)) for worker in range(workers)
    ]
    for process in team:
        process.start()
    running = list(team)
    while running:
        wait([process.sentinel for process in running])
        for process in list(running):
            process.join(timeout=0)
            if process.exitcode is not None:
                running.remove(process)
                if process.exitcode > 0:
                    for other in running:
                        other.terminate()
    if any(process.exitcode for process in team):
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
