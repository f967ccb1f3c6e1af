"""Right: an event for each phase, which the last one sets; two events that are cleared by the one who waits."""

import multiprocessing
import time


class PhaseFailed(Exception):
    pass


def work(step, worker, begins, left, lock, failed):
    """After a failure, phases are still counted, but no step is taken in them."""
    for phase, begin in enumerate(begins):
        begin.wait()
        if not any(failed[:phase]):
            try:
                step(worker, phase)
            except Exception:
                failed[phase] = True
        with lock:
            left[phase] -= 1
            if left[phase] == 0 and phase + 1 < len(begins):
                begins[phase + 1].set()


def run_phases(step, workers, phases):
    begins = [multiprocessing.Event() for _ in range(phases)]
    left = multiprocessing.Array("i", [workers] * phases)
    lock = multiprocessing.Lock()
    failed = multiprocessing.Array("b", phases)
    if begins:
        begins[0].set()
    processes = []
    for worker in range(workers):
        process = multiprocessing.Process(target=work, args=(step, worker, begins, left, lock, failed))
        process.start()
        processes.append(process)
    while processes:
        processes.pop().join()
    if any(failed):
        raise PhaseFailed(step)


def write(texts, text, rounds, mine, other):
    for _ in range(rounds):
        mine.wait()
        mine.clear()
        texts += [text]
        other.set()


def ping_pong(rounds):
    manager = multiprocessing.Manager()
    try:
        texts = manager.list()
        ping, pong = multiprocessing.Event(), multiprocessing.Event()
        players = (
            multiprocessing.Process(target=write, args=(texts, "ping", rounds, ping, pong)),
            multiprocessing.Process(target=write, args=(texts, "pong", rounds, pong, ping)),
        )
        for player in players:
            player.start()
        ping.set()
        for player in players:
            player.join()
        return texts[:]
    finally:
        manager.shutdown()


def wait_for(condition, predicate, seconds):
    """Looks every now and then, and needs no notify."""
    end = time.monotonic() + seconds
    while True:
        with condition:
            if predicate():
                return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.02)
