"""Counts by itself first, and touches what is shared only once; a pool brings the counts together."""

from collections import Counter
from multiprocessing import Pool


def add_words(counts, lock, words) -> None:
    own = Counter(words)
    with lock:
        counts.update({word: counts.get(word, 0) + number for word, number in own.items()})


def append_to(shared, lock, key, value) -> None:
    with lock:
        shared[key] = [*shared.get(key, ()), value]


def count_line(line):
    return Counter(line.split())


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    total = Counter()
    with Pool(workers) as pool:
        for own in pool.imap_unordered(count_line, lines):
            total.update(own)
        pool.close()
        pool.join()
    return dict(total)
