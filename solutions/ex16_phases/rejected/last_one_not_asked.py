# expect: tells_a_failure failed -
# expect: ends_after_the_phase skipped -
"""Wrong: asks before each phase whether one has failed, and not after the last one."""

import multiprocessing


class PhaseFailed(Exception):
    pass


def obey(connection, step, worker):
    for phase in iter(connection.recv, None):
        try:
            step(worker, phase)
        except Exception:
            connection.send(False)
        else:
            connection.send(True)


def run_phases(step, workers, phases):
    team, good = [], True
    for worker in range(workers):
        mine, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=obey, args=(theirs, step, worker))
        process.start()
        team.append((process, mine))
    failed = False
    for phase in range(phases):
        if not good:
            failed = True
            break
        for _, connection in team:
            connection.send(phase)
        good = all([connection.recv() for _, connection in team])
    for process, connection in team:
        connection.send(None)
        process.join()
    if failed:
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
