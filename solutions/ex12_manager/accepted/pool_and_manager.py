"""A pool whose workers merge line by line into a manager's dict, under a manager's lock."""

from functools import partial
from multiprocessing import Manager, Pool


def add_words(counts, lock, words) -> None:
    todo = {}
    for word in words:
        todo.setdefault(word, []).append(word)
    for word, same in todo.items():
        lock.acquire()
        number = counts.get(word)
        counts[word] = len(same) if number is None else number + len(same)
        lock.release()


def append_to(shared, lock, key, value) -> None:
    lock.acquire()
    old = shared.get(key)
    shared[key] = [value] if old is None else old + [value]
    lock.release()


def merge(counts, lock, line):
    add_words(counts, lock, line.split())


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    with Manager() as manager, Pool(workers) as pool:
        counts, lock = manager.dict(), manager.Lock()
        pool.map(partial(merge, counts, lock), lines)
        pool.close()
        pool.join()
        return counts.copy()
