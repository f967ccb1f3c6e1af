# expect: counts_in_processes failed no-processes
"""Threads count."""

from collections import Counter
from multiprocessing.pool import ThreadPool


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = shared.get(key, [])
        values.append(value)
        shared[key] = values


def count_line(line):
    return Counter(line.split())


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    with ThreadPool(workers) as pool:
        found = pool.map(count_line, lines)
        pool.close()
        pool.join()
    return dict(sum(found, Counter()))
