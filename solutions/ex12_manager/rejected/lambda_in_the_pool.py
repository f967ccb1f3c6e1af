# expect: counts_all_lines failed -
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""What the pool shall call cannot be found by its name."""

from collections import Counter
from multiprocessing import Pool


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = shared.get(key, [])
        values.append(value)
        shared[key] = values


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    with Pool(workers) as pool:
        found = pool.map(lambda line: Counter(line.split()), lines)
        pool.close()
        pool.join()
    return dict(sum(found, Counter()))
