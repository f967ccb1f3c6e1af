# expect: counts_all_lines failed -
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""The workers count into a dict of the module, each into its own copy."""

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


counts: dict[str, int] = {}


def count_lines(lines):
    for line in lines:
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    counts.clear()
    processes = [Process(target=count_lines, args=(lines[number::workers],)) for number in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counts
