"""Takes the whole dict out, changes it, and puts it back, all of it with the lock held; an executor counts."""

import itertools
from concurrent.futures import ProcessPoolExecutor


def add_words(counts, lock, words) -> None:
    if not words:
        return
    lock.acquire()
    try:
        own = counts.copy()
        for word in words:
            own[word] = own.setdefault(word, 0) + 1
        counts.clear()
        counts.update(own)
    finally:
        lock.release()


def append_to(shared, lock, key, value) -> None:
    lock.acquire()
    try:
        try:
            values = shared[key]
        except KeyError:
            values = []
        values += [value]
        shared.update([(key, values)])
    finally:
        lock.release()


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    result: dict[str, int] = {}
    with ProcessPoolExecutor(max_workers=workers) as executor:
        for word in itertools.chain.from_iterable(executor.map(str.split, lines, chunksize=3)):
            result[word] = result.get(word, 0) + 1
    return result
