# Returns ten megabytes, and a list of a million numbers.
def add_many(counter, lock, times):
    return "x" * 10_000_000


def count_together(workers, times):
    return list(range(1_000_000))


def update(counter, lock, change):
    return [[[0] * 100] * 100] * 38


def add_results(counter, lock, jobs):
    value = None
    for _ in range(100_000):
        value = [value]
    return value
