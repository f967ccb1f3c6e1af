# expect: calls_each_step failed no-processes
# expect: steps_at_once failed serial-not-parallel
"""Wrong: there are no processes: the caller takes all steps."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def run_phases(step, workers, phases):
    for phase in range(phases):
        for worker in range(workers):
            try:
                step(worker, phase)
            except Exception as error:
                raise PhaseFailed from error


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
