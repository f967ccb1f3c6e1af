"""Small programs around the functions of ex12: a manager's dict, a lock, and others who use both."""

import contextlib
import multiprocessing as mp
import time


@contextlib.contextmanager
def managed(kind, start):
    """A manager's dict that holds this, and a lock of that kind, as long as the `with` lasts."""
    with mp.Manager() as manager:
        yield manager.dict(start), manager.Lock() if kind == "manager" else mp.Lock()


def is_free(lock):
    """Whether nobody holds the lock."""
    free = lock.acquire(False)
    if free:
        lock.release()
    return free


def count_slowly(counts, lock, word, pause):
    """Somebody who keeps to the rule, and takes time between reading and writing."""
    with lock:
        number = counts.get(word, 0)
        time.sleep(pause)
        counts[word] = number + 1


def append_slowly(shared, lock, key, value, pause):
    """The same with a list."""
    with lock:
        values = shared.get(key, [])
        time.sleep(pause)
        shared[key] = [*values, value]


def add_apart(stage, *, kind, start, lists):
    """One call of `add_words` after the other."""
    with managed(kind, start) as (counts, lock):
        stage.together(**{"adder 0": stage.call("add_words", counts, lock, lists[0])})
        for number, words in enumerate(lists[1:], 1):
            call = stage.call("add_words", counts=counts, lock=lock, words=words)
            stage.together(**{f"adder {number}": call})
        return [counts.copy(), is_free(lock)]


def add_at_once(stage, *, kind, start, lists, times):
    """A process for each list of words, all of them into one dict."""
    with managed(kind, start) as (counts, lock):
        calls = {f"adder {at}": stage.call("add_words", counts, lock, words * times) for at, words in enumerate(lists)}
        stage.together(**calls)
        return [counts.copy(), is_free(lock)]


def add_beside(stage, *, kind, start, words, pause):
    """`add_words` beside somebody who counts the first word and holds the lock for a long time."""
    with managed(kind, start) as (counts, lock):
        adder = stage.call("add_words", counts, lock, words)
        stage.together(adder=adder, somebody=stage.partner(count_slowly, counts, lock, words[0], pause))
        return [counts.copy(), is_free(lock)]


def append_apart(stage, *, kind, start, pairs):
    """One call of `append_to` after the other."""
    with managed(kind, start) as (shared, lock):
        for number, (key, value) in enumerate(pairs):
            call = stage.call("append_to", shared, lock, key, value)
            if number % 2:
                call = stage.call("append_to", shared=shared, lock=lock, key=key, value=value)
            stage.together(**{f"appender {number}": call})
        return [shared.copy(), is_free(lock)]


def append_large(stage, *, size):
    """A value of that many bytes, twice under a key; told by the sizes."""
    with managed("manager", {}) as (shared, lock):
        for number in range(2):
            value = bytes([number]) * size
            stage.together(**{f"appender {number}": stage.call("append_to", shared, lock, "large", value)})
        values = shared.copy().get("large")
        return [len(value) for value in values] if isinstance(values, list) else type(values).__name__


def append_at_once(stage, *, kind, start, pairs):
    """A process for each pair, all of them to one dict."""
    with managed(kind, start) as (shared, lock):
        calls = {f"appender {at}": stage.call("append_to", shared, lock, *pair) for at, pair in enumerate(pairs)}
        stage.together(**calls)
        return [shared.copy(), is_free(lock)]


def append_beside(stage, *, start, pair, other, pause):
    """`append_to` beside somebody who appends and holds the lock for a long time."""
    with managed("plain", start) as (shared, lock):
        appender = stage.call("append_to", shared, lock, *pair)
        stage.together(appender=appender, somebody=stage.partner(append_slowly, shared, lock, *other, pause))
        return [shared.copy(), is_free(lock)]


def count(stage, *, lines, workers):
    """`count_words`, called from a process of ours."""
    return stage.submission.count_words(lines, workers)


def count_by_keyword(stage, *, lines, workers):
    """The same, called with keywords."""
    return stage.submission.count_words(lines=lines, workers=workers)


def count_large(stage, *, sizes, workers):
    """Words as long as that, each on a line of its own, twice, after an earlier call; told by their length."""
    stage.submission.count_words(["earlier"], workers)
    counted = stage.submission.count_words(["x" * size for size in sizes * 2], workers)
    return {len(word): number for word, number in counted.items()} if isinstance(counted, dict) else None


def every_function(stage, *, lines):
    """Each function once."""
    with managed("manager", {}) as (shared, lock):
        stage.together(adder=stage.call("add_words", shared, lock, ["a"]))
        stage.together(appender=stage.call("append_to", shared, lock, "b", 1))
    return stage.submission.count_words(lines, 2)
