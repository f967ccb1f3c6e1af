# expect: counts_all_lines failed -
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""The pool is never ended."""

from collections import Counter
from multiprocessing import Pool


POOLS = []


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
    pool = Pool(workers)
    POOLS.append(pool)
    found = pool.map(count_line, lines)
    return dict(sum(found, Counter()))
