"""A class; each worker leaves its counts under its number in a manager's dict, where nobody else writes."""

import functools
from multiprocessing import Manager, Process


def add_words(counts, lock, words) -> None:
    with lock:
        known = dict(counts.items())
        for word in words:
            known[word] = known.get(word, 0) + 1
        for word in set(words):
            counts[word] = known[word]


def append_to(shared, lock, key, value) -> None:
    with lock:
        values = list(shared.get(key, []))
        values[len(values) :] = [value]
        shared[key] = values


class Counting(Process):
    def __init__(self, number, lines, found):
        super().__init__()
        self.number, self.lines, self.found = number, lines, found

    def run(self):
        words = " ".join(self.lines).split()
        self.found[self.number] = {word: words.count(word) for word in words}


def merged(one, other):
    return {word: one.get(word, 0) + other.get(word, 0) for word in one.keys() | other.keys()}


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    share, more = divmod(len(lines), workers)
    with Manager() as manager:
        found = manager.dict()
        staff, begin = [], 0
        for number in range(workers):
            end = begin + share + (number < more)
            staff.append(Counting(number, lines[begin:end], found))
            begin = end
        for one in staff:
            one.start()
        for one in staff:
            one.join()
        return functools.reduce(merged, found.values(), {})
