# expect: keeps_phases_apart failed began-too-early
# expect: ends_after_the_phase failed goes-on-after-the-time
# may: tells_a_failure hung -
# may: ends_after_the_phase skipped -
"""Wrong: the event stays set after the first phase, and holds nobody back any more."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def go_through(step, worker, phases, workers, count, everybody, failed):
    for phase in range(phases):
        if failed.is_set():
            return
        try:
            step(worker, phase)
        except Exception:
            failed.set()
        with count.get_lock():
            count.value += 1
            if count.value % workers == 0:
                everybody.set()
        everybody.wait()


def run_phases(step, workers, phases):
    count = multiprocessing.Value("i", 0)
    everybody, failed = multiprocessing.Event(), multiprocessing.Event()
    args = (phases, workers, count, everybody, failed)
    team = [multiprocessing.Process(target=go_through, args=(step, worker, *args)) for worker in range(workers)]
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
