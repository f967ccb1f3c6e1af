"""Small programs around the functions of ex90."""

import multiprocessing as mp


def two_adders(stage, *, start, times):
    """Two processes add to one counter."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    first = stage.call("add_many", counter, lock, times)
    stage.together(first=first, second=stage.call("add_many", counter, lock, times))
