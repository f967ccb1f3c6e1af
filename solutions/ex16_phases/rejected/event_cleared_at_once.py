# expect: keeps_phases_apart hung event-cleared
# expect: ends_after_the_phase hung event-cleared
# may: calls_each_step hung event-cleared
"""Wrong: the last one sets the event and clears it: who comes a moment later waits for ever."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def go_through(step, worker, phases, workers, count, everybody, failed):
    for phase in range(phases):
        try:
            step(worker, phase)
        except Exception:
            failed[phase] = True
        with count.get_lock():
            count.value += 1
            last = count.value % workers == 0
        if last:
            everybody.set()
            everybody.clear()
        else:
            everybody.wait()
        if failed[phase]:
            return


def run_phases(step, workers, phases):
    count = multiprocessing.Value("i", 0)
    everybody, failed = multiprocessing.Event(), multiprocessing.Array("b", phases)
    args = (phases, workers, count, everybody, failed)
    team = [multiprocessing.Process(target=go_through, args=(step, worker, *args)) for worker in range(workers)]
    for process in team:
        process.start()
    for process in team:
        process.join()
    if any(failed):
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
