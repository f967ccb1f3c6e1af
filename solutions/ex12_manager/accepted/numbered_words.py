"""Numbers the words, and lets the workers count the numbers in a shared array; functions of one step each."""

from multiprocessing import Array, Process


def locked(step):
    def whole(shared, lock, *rest):
        with lock:
            step(shared, *rest)

    return whole


def add(counts, words):
    for word in words:
        counts[word] = 1 + counts.get(word, 0)


def append(shared, key, value):
    shared[key] = shared.get(key, []) + [value]


def add_words(counts, lock, words) -> None:
    locked(add)(counts, lock, words)


def append_to(shared, lock, key, value) -> None:
    locked(append)(shared, lock, key, value)


def count(lines, numbers, array):
    for line in lines:
        for word in line.split():
            with array.get_lock():
                array[numbers[word]] += 1


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    known = list({word for line in lines for word in line.split()})
    numbers = {word: number for number, word in enumerate(known)}
    array = Array("l", max(1, len(known)))
    processes = [Process(target=count, args=(lines[at::workers], numbers, array)) for at in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return dict(zip(known, array))
