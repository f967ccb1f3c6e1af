# expect: counts_all_lines failed -
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""Gives the proxy back when its manager has ended."""

from multiprocessing import Manager, Process


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = shared.get(key, [])
        values.append(value)
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
        return counts
