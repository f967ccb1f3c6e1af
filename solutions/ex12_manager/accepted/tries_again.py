"""Never waits in `acquire`, but tries again; pipes bring the counts of each worker, and the caller counts, too."""

import contextlib
import re
import time
from collections import Counter
from multiprocessing import Pipe, Process


@contextlib.contextmanager
def held(lock):
    while not lock.acquire(False):
        time.sleep(0.001)
    try:
        yield
    finally:
        lock.release()


def add_words(counts, lock, words) -> None:
    for word in sorted(words):
        with held(lock):
            counts[word] = counts.setdefault(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with held(lock):
        shared[key] = (shared.get(key) or []) + [value]


def counted(lines):
    return Counter(word for line in lines for word in re.findall(r"\S+", line))


def send(lines, end):
    with end:
        end.send(counted(lines))


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    running = []
    for number in range(1, workers):
        mine, theirs = Pipe(duplex=False)
        process = Process(target=send, args=(lines[number::workers], theirs))
        process.start()
        theirs.close()
        running.append((process, mine))
    total = counted(lines[::workers])
    for process, mine in running:
        total += mine.recv()
        process.join()
        mine.close()
    return {**total}
