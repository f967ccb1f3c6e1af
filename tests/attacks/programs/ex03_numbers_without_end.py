# Returns and raises numbers of many digits, lone surrogates and exceptions that contain themselves.
def add_many(counter, lock, times):
    return 10**5000


def count_together(workers, times):
    return [{"\ud800": float("nan")}, 10**5000]


def update(counter, lock, change):
    raise ValueError("\ud800\udfff", 10**6000)


def add_results(counter, lock, jobs):
    error = ValueError()
    error.args = (error, "\ud83d")
    error.__cause__ = error
    raise error
