"""Right: the caller says over pipes when a phase begins, and hears how each step ended; a class that waits."""

import multiprocessing
import time


class PhaseFailed(Exception):
    pass


def obey(connection, step, worker):
    for phase in iter(connection.recv, None):
        try:
            step(worker, phase)
        except Exception as error:
            connection.send(repr(error))
        else:
            connection.send(None)
    connection.close()


def run_phases(step, workers, phases):
    team = []
    for worker in range(workers):
        mine, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=obey, args=(theirs, step, worker), daemon=True)
        process.start()
        theirs.close()
        team.append((process, mine))
    errors = []
    for phase in range(phases):
        for _, connection in team:
            connection.send(phase)
        errors = [error for _, connection in team if (error := connection.recv()) is not None]
        if errors:
            break
    for process, connection in team:
        connection.send(None)
        process.join()
        connection.close()
    if errors:
        raise PhaseFailed(phase, errors)


def pong(texts, connection, rounds):
    for _ in range(rounds):
        length = connection.recv()
        texts[length] = b"o"
        connection.send(length + 1)


def ping_pong(rounds):
    """The caller is the one that writes "ping"."""
    texts = multiprocessing.RawArray("c", 2 * rounds + 1)
    mine, theirs = multiprocessing.Pipe()
    partner = multiprocessing.Process(target=pong, args=(texts, theirs, rounds))
    partner.start()
    length = 0
    for _ in range(rounds):
        texts[length] = b"i"
        mine.send(length + 1)
        length = mine.recv()
    partner.join()
    return [{b"i": "ping", b"o": "pong"}[texts[number]] for number in range(length)]


class Patience:
    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    @property
    def left(self):
        return self.end - time.monotonic()


def wait_for(condition, predicate, seconds):
    condition.acquire()
    try:
        patience = Patience(seconds)
        while not predicate():
            left = patience.left
            if left <= 0:
                return False
            condition.wait(left)
        return True
    finally:
        condition.release()
