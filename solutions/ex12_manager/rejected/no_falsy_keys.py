# expect: appends failed -
# expect: loses_no_value skipped -
# expect: prints_nothing skipped -
"""Wrong: a key that is false, like 0 or "", is taken for one that is not there: its list begins anew."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def add_words(counts, lock, words) -> None:
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value) -> None:
    with lock:
        if not key:
            shared[key] = [value]
        else:
            shared[key] = shared.get(key, []) + [value]


def _count(lines):
    return Counter(w for line in lines for w in line.split())


def count_words(lines, workers):
    total = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for part in pool.map(_count, [lines[i::workers] for i in range(workers)]):
            total.update(part)
    return dict(total)
