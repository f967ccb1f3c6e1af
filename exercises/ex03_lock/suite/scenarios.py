"""Small programs around the functions of ex03: who touches the counter, and when."""

import multiprocessing as mp
import time


class Trouble(Exception):
    """Raised on purpose by callables of this module."""


class Plus:
    """A change that adds an amount."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, value):
        return value + self.amount


class Times:
    """A change that multiplies by a factor."""

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, value):
        return value * self.factor


class Give:
    """A job that returns its result."""

    def __init__(self, result):
        self.result = result

    def __call__(self):
        return self.result


class Fail:
    """A change or a job that raises."""

    def __init__(self, message):
        self.message = message

    def __call__(self, *_):
        raise Trouble(self.message)


class Stop:
    """A job that raises what ends an iteration."""

    def __call__(self):
        raise StopIteration


class Tally:
    """A job that notes that it was called."""

    def __init__(self, calls, index, result):
        self.calls = calls
        self.index = index
        self.result = result

    def __call__(self):
        self.calls[self.index] += 1
        return self.result


class Attend:
    """A job that waits until a job of another process runs, too."""

    def __init__(self, meeting, result):
        self.meeting = meeting
        self.result = result

    def __call__(self):
        self.meeting.attend()
        return self.result


class Deposit:
    """A job that uses the shared lock and the counter itself."""

    def __init__(self, counter, lock, amount, result):
        self.counter = counter
        self.lock = lock
        self.amount = amount
        self.result = result

    def __call__(self):
        with self.lock:
            self.counter.value += self.amount
        return self.result


def add_one(counter, lock):
    """Somebody else, who keeps to the rule: touch the counter only while holding the shared lock."""
    with lock:
        counter.value += 1


def multiply(counter, lock, factor):
    """Somebody who keeps to the rule and multiplies."""
    with lock:
        counter.value *= factor


def multiply_slowly(counter, lock, factor, pause):
    """Somebody who multiplies, too, and takes time between reading and writing."""
    with lock:
        value = counter.value
        time.sleep(pause)
        counter.value = value * factor


def add_slowly(counter, lock, pause):
    """Somebody who keeps to the rule, too, and takes time between reading and writing."""
    with lock:
        value = counter.value
        time.sleep(pause)
        counter.value = value + 1


def is_free(lock):
    """Whether nobody holds the lock."""
    free = lock.acquire(block=False)
    if free:
        lock.release()
    return free


def add_apart(stage, *, counters, times):
    """One process per (typecode, start, own lock), each with a counter and a lock that nobody else uses."""
    calls, locks = {}, [mp.Lock() for _ in counters]
    for number, (typecode, start, own) in enumerate(counters):
        counter = stage.share(f"counter_{number}", mp.Value(typecode, start, lock=own))
        calls[f"adder_{number}"] = stage.call("add_many", counter=counter, lock=locks[number], times=times)
    stage.together(**calls)
    return [is_free(lock) for lock in locks]


def two_adders(stage, *, start, times):
    """Two processes add to one counter that has no lock of its own."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start, lock=False))
    first = stage.call("add_many", counter, lock, times)
    stage.together(first=first, second=stage.call("add_many", counter, lock, times))
    return is_free(lock)


def finish_addition(counter, lock, value, crowd):
    """The second half of an addition that began while `lock` was taken: when the others can do no more."""
    crowd.attend()
    counter.value = value + 1
    lock.release()


def adders_beside_a_held_lock(stage, *, start, times, adders):
    """Somebody holds the shared lock, and has read the counter, until the adders wait for it or are done."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start, lock=False))
    lock.acquire()
    somebody = stage.partner(finish_addition, counter, lock, counter.value, stage.crowd("held", 2))
    calls = [stage.call("add_many", counter, lock, times) for _ in range(adders)]
    stage.together(**dict(zip(("first", "second"), calls, strict=False)), somebody=somebody)
    return is_free(lock)


def adder_and_somebody_slow(stage, *, start, times, pause):
    """`add_many` beside a process that keeps to the shared lock, knows no other, and holds it for a while."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    first = stage.call("add_many", counter, lock, times)
    stage.together(first=first, somebody=stage.partner(add_slowly, counter, lock, pause))
    return is_free(lock)


def count(stage, *, workers, times):
    """`count_together`, called from a process of ours."""
    return stage.submission.count_together(workers, times)


def update_apart(stage, *, cases):
    """One process per (typecode, start, own lock, amount), each with a counter and a lock that nobody else uses."""
    calls, locks = {}, [mp.Lock() for _ in cases]
    for number, (typecode, start, own, amount) in enumerate(cases):
        counter = stage.share(f"counter_{number}", mp.Value(typecode, start, lock=own))
        calls[f"updater_{number}"] = stage.call("update", counter=counter, lock=locks[number], change=Plus(amount))
    stage.together(**calls)
    return [is_free(lock) for lock in locks]


def two_updates(stage, *, start, factor, amount):
    """One process multiplies the counter while the other adds to it."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("q", start))
    first = stage.call("update", counter, lock, Times(factor))
    stage.together(first=first, second=stage.call("update", counter, lock, Plus(amount)))


def update_and_somebody_else(stage, *, start, factor, amount, pause=0):
    """`update` adds, beside a process that multiplies, keeps to the shared lock and may hold it for a while."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    first = stage.call("update", counter, lock, Plus(amount))
    others = (multiply_slowly, counter, lock, factor, pause) if pause else (multiply, counter, lock, factor)
    stage.together(first=first, somebody=stage.partner(*others))
    return is_free(lock)


def failing_update(stage, *, start, message, own):
    """`update` with a change that raises, beside a process that adds 1."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start, lock=own))
    first = stage.call("update", counter, lock, Fail(message))
    stage.together(first=first, somebody=stage.partner(add_one, counter, lock))
    return is_free(lock)


def collect_apart(stage, *, cases):
    """One process per (typecode, start, own lock, results), each with a counter and a lock that nobody else uses."""
    calls, locks = {}, [mp.Lock() for _ in cases]
    for number, (typecode, start, own, results) in enumerate(cases):
        counter = stage.share(f"counter_{number}", mp.Value(typecode, start, lock=own))
        tally = stage.share(f"calls_{number}", mp.Array("i", max(1, len(results))))
        jobs = [Tally(tally, index, result) for index, result in enumerate(results)]
        calls[f"collector_{number}"] = stage.call("add_results", counter=counter, lock=locks[number], jobs=jobs)
    stage.together(**calls)
    return [is_free(lock) for lock in locks]


def two_collectors(stage, *, start, left, right):
    """Two processes add the results of a job each to one counter."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start, lock=False))
    first = stage.call("add_results", counter, lock, [Give(left)])
    stage.together(first=first, second=stage.call("add_results", counter, lock, [Give(right)]))


def collector_and_somebody_else(stage, *, start, result, pause=0):
    """`add_results` beside a process that keeps to the shared lock, knows no other, and may hold it for a while."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    first = stage.call("add_results", counter, lock, [Give(result)])
    others = (add_slowly, counter, lock, pause) if pause else (add_one, counter, lock)
    stage.together(first=first, somebody=stage.partner(*others))
    return is_free(lock)


def jobs_that_meet(stage, *, start, left, right):
    """Let the last jobs of two processes wait for each other."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    meeting = stage.meeting("jobs", 2)
    first = stage.call("add_results", counter, lock, [Give(left[0]), Attend(meeting, left[1])])
    second = stage.call("add_results", counter, lock, [Give(right[0]), Attend(meeting, right[1])])
    stage.together(first=first, second=second)


def job_that_adds(stage, *, start, first, amount, second):
    """Run a job that takes the shared lock and adds to the counter itself, before it returns its result."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    jobs = [Give(first), Deposit(counter, lock, amount, second)]
    stage.together(collector=stage.call("add_results", counter, lock, jobs))


def failing_job(stage, *, start, results, message=None):
    """`add_results` whose last job raises Trouble, or StopIteration without a message; somebody else adds 1."""
    lock = mp.Lock()
    counter = stage.share("counter", mp.Value("i", start))
    jobs = [*map(Give, results), Fail(message) if message else Stop()]
    first = stage.call("add_results", counter, lock, jobs)
    stage.together(first=first, somebody=stage.partner(add_one, counter, lock))
    return is_free(lock)


def every_function(stage):
    """Each function that gets a counter, once where all goes well and once where a callable raises."""
    calls = {
        "adder": ("add_many", 2),
        "updater": ("update", Plus(1)),
        "collector": ("add_results", [Give(1)]),
        "failing_updater": ("update", Fail("change")),
        "failing_collector": ("add_results", [Fail("job")]),
    }
    stage.together(
        **{name: stage.call(call, mp.Value("i", 0), mp.Lock(), third) for name, (call, third) in calls.items()}
    )
