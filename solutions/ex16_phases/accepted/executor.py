"""Right: futures and a manager's barrier; the list is written at barriers; a generator that waits."""

import concurrent.futures
import multiprocessing
import threading
import time


class PhaseFailed(Exception):
    pass


def all_phases(step, worker, phases, barrier):
    for phase in range(phases):
        try:
            step(worker, phase)
        except Exception:
            barrier.abort()
            raise
        try:
            barrier.wait()
        except threading.BrokenBarrierError:
            return


def run_phases(step, workers, phases):
    with multiprocessing.Manager() as manager:
        barrier = manager.Barrier(workers)
        with concurrent.futures.ProcessPoolExecutor(workers) as executor:
            futures = [executor.submit(all_phases, step, worker, phases, barrier) for worker in range(workers)]
        for future in futures:
            if future.exception():
                raise PhaseFailed(str(future.exception())) from future.exception()


def play(player, texts, rounds, barrier):
    for number in range(2 * rounds):
        if number % 2 == player:
            texts.append("pong" if player else "ping")
        barrier.wait()


def ping_pong(rounds):
    barrier = multiprocessing.Barrier(2)
    with multiprocessing.Manager() as manager:
        texts = manager.list([])
        team = {
            player: multiprocessing.Process(target=play, args=(player, texts, rounds, barrier)) for player in range(2)
        }
        for process in team.values():
            process.start()
        for process in team.values():
            process.join()
        return texts._getvalue()


def waits(condition, seconds):
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        yield
        condition.wait(left)
    yield


def wait_for(condition, predicate, seconds):
    with condition:
        return any(predicate() for _ in waits(condition, seconds))
