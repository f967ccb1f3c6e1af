# expect: loses_no_value failed half-held-lock
"""Appends to what it has read before it had the lock."""

from multiprocessing import Manager, Process


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    values = shared.get(key, []) + [value]
    with lock:
        shared[key] = values


def count_lines(counts, lock, lines):
    for line in lines:
        add_words(counts, lock, line.split())


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    with Manager() as manager:
        counts = manager.dict()
        lock = manager.Lock()
        processes = [
            Process(target=count_lines, args=(counts, lock, lines[number::workers])) for number in range(workers)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return dict(counts)
