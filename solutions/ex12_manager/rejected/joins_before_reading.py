# expect: counts_all_lines hung join-before-drain
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""Waits for the workers before it reads what they have put."""

from multiprocessing import Process, Queue


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = shared.get(key, [])
        values.append(value)
        shared[key] = values


def count_lines(lines, answers):
    own: dict[str, int] = {}
    for line in lines:
        for word in line.split():
            own[word] = own.get(word, 0) + 1
    answers.put(own)


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    answers = Queue()
    processes = [Process(target=count_lines, args=(lines[number::workers], answers)) for number in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    counts: dict[str, int] = {}
    for _ in processes:
        for word, number in answers.get().items():
            counts[word] = counts.get(word, 0) + number
    return counts
