"""Workers take lines from one queue and put what they have counted on another when there are no more."""

import multiprocessing as mp


def add_words(counts, lock, words) -> None:
    with lock:
        for word in words:
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        if key in shared:
            values = shared.pop(key)
        else:
            values = list()
        values.insert(len(values), value)
        shared.setdefault(key, values)


def work(lines, answers):
    own = {}
    for line in iter(lines.get, None):
        for word in line.split():
            own[word] = own.get(word, 0) + 1
    answers.put(own)


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    ahead, answers = mp.Queue(), mp.Queue()
    processes = [mp.Process(target=work, args=(ahead, answers), daemon=True) for _ in range(workers)]
    for process in processes:
        process.start()
    for line in lines:
        ahead.put(line)
    for _ in processes:
        ahead.put(None)
    result = {}
    for own in (answers.get() for _ in processes):
        for word in own:
            result[word] = result.get(word, 0) + own[word]
    for process in processes:
        process.join()
    return result
