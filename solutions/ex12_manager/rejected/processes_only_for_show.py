# expect: counts_in_processes inconclusive -
"""Starts the processes and does the counting itself."""

from multiprocessing import Process


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = shared.get(key, [])
        values.append(value)
        shared[key] = values


def count_lines():
    pass


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    processes = [Process(target=count_lines) for _ in range(workers)]
    for process in processes:
        process.start()
    for line in lines:
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1
    for process in processes:
        process.join()
    return counts
