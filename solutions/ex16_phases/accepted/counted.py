"""Right: who has finished is counted with a condition held; whose turn it is stands in a number."""

import multiprocessing
from time import time


class PhaseFailed(Exception):
    """A step has raised."""


class Worker(multiprocessing.Process):
    def __init__(self, step, number, phases, workers, condition, finished, failed):
        super().__init__(name=f"worker {number}")
        self.step, self.number, self.phases, self.workers = step, number, phases, workers
        self.condition, self.finished, self.failed = condition, finished, failed

    def run(self):
        for phase in range(self.phases):
            bad = False
            try:
                self.step(self.number, phase)
            except Exception:
                bad = True
            with self.condition:
                if bad:
                    self.failed.value = True
                self.finished.value += 1
                self.condition.notify_all()
                while self.finished.value < (phase + 1) * self.workers and not self.failed.value:
                    self.condition.wait()
                if self.failed.value:
                    return


def run_phases(step, workers, phases):
    condition = multiprocessing.Condition(multiprocessing.Lock())
    finished = multiprocessing.Value("q", 0, lock=False)
    failed = multiprocessing.Value("b", 0, lock=False)
    team = [Worker(step, number, phases, workers, condition, finished, failed) for number in range(workers)]
    for worker in team:
        worker.start()
    for worker in team:
        worker.join()
    if failed.value:
        raise PhaseFailed("a step has raised")


def play(condition, texts, length, mine, rounds):
    for _ in range(rounds):
        with condition:
            condition.wait_for(lambda: length.value % 2 == mine)
            texts[length.value] = mine
            length.value += 1
            condition.notify_all()


def ping_pong(rounds):
    condition = multiprocessing.Condition()
    texts = multiprocessing.Array("b", 2 * rounds)
    length = multiprocessing.Value("i", 0)
    players = [multiprocessing.Process(target=play, args=(condition, texts, length, mine, rounds)) for mine in (1, 0)]
    for player in players:
        player.start()
    for player in players:
        player.join()
    return [("ping", "pong")[number] for number in texts]


def wait_for(condition, predicate, seconds):
    with condition:
        end = time() + seconds
        result = predicate()
        while not result and time() < end:
            condition.wait(min(1, max(0, end - time())))
            result = predicate()
        return result
