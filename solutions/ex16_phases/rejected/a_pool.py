# expect: calls_each_step failed no-processes
"""Wrong: a pool has processes for whatever step comes next."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def run_phases(step, workers, phases):
    with multiprocessing.Pool(workers) as pool:
        for phase in range(phases):
            results = [pool.apply_async(step, (worker, phase)) for worker in range(workers)]
            for result in results:
                result.wait()
            if not all(result.successful() for result in results):
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
