# The assertion that fails is in a child whose exit code nobody looks at.
import multiprocessing


def wrong():
    assert 1 == 2


def add_many(counter, lock, times):
    process = multiprocessing.Process(target=wrong)
    process.start()
    process.join()
