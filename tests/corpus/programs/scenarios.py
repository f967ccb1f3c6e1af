"""Two ways to run a program of the corpus: as a whole, or as two calls on a counter that the examiner reads."""

import multiprocessing as mp


def whole(stage, *, function):
    return getattr(stage.submission, function)()


def two_on_a_counter(stage, *, function):
    counter = stage.share("counter", mp.Value("i", 5))
    lock = mp.Lock()
    stage.together(first=stage.call(function, counter, lock), second=stage.call(function, counter, lock))
