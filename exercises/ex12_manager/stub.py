"""ex12 · Shared dictionaries: a manager's dict that several processes use at once.

`lock` is a `multiprocessing.Lock` or the lock of a manager, shared by everybody who touches the dict.
"""


def add_words(counts, lock, words) -> None:
    """Count the words of a list into `counts`, a manager's dict from words to how often they were counted so far.

    A word that is not there yet begins at 0. Others count into the same dict meanwhile, and no word is lost.
    """
    raise NotImplementedError


def append_to(shared, lock, key, value) -> None:
    """Append `value` to the list under `key` of a manager's dict; if there is none, it becomes a list with that value.

    What stands under a key is a plain list. Others do the same meanwhile, and nothing that was appended is lost. Keys
    and values are any that can be pickled.
    """
    raise NotImplementedError


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    """Return how often each word occurs in all lines, counted by `workers` processes, 1 or more; a plain dict.

    Words are what stands between whitespace. Whatever the function starts has ended when it returns.
    """
    raise NotImplementedError
