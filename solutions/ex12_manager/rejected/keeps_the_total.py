# expect: counts_all_lines failed kept-between-calls
# expect: counts_every_word_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing skipped -
"""Adds to a default value, which is made once: a second call counts on."""

from multiprocessing import Pool


def add_words(counts, lock, words):
    for word in words:
        with lock:
            counts[word] = counts.get(word, 0) + 1


def append_to(shared, lock, key, value):
    with lock:
        shared[key] = [*shared.get(key, []), value]


def words_of(line):
    return line.split()


def count_words(lines, workers, total={}):
    with Pool(workers) as pool:
        for words in pool.map(words_of, lines):
            for word in words:
                total[word] = total.get(word, 0) + 1
    return total
