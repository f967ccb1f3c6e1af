"""Small programs around the functions of ex10: who fills the queue, and who waits until all is done."""

import contextlib
import multiprocessing as mp
import threading
import time
from queue import Empty


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


class Late:
    """An item that takes its time on its way, where a queue's thread makes it ready: there, seconds can be virtual."""

    def __init__(self, label, seconds):
        self.label = label
        self.seconds = seconds

    def __reduce__(self):
        if threading.current_thread() is not threading.main_thread():
            time.sleep(self.seconds)
        return Late, (self.label, 0)


def double(item):
    """A result that tells which item it came from."""
    return item * 2


def same(item):
    """The item is its own result."""
    return item


def label_of(item):
    """What an item is called."""
    return item.label


def excuse(item):
    """An exception that is returned, which is no failure."""
    return ValueError("returned", item)


def enlarge(item):
    """A result of that many bytes."""
    return bytes(item)


class Failing:
    """Raises for some items, and doubles the others."""

    def __init__(self, errors):
        self.errors = errors

    def __call__(self, item):
        error = self.errors.get(item)
        if error is None:
            return item * 2
        raise {"refusal": Refusal, "key": KeyError, "stop": StopIteration, "empty": Empty}[error](item, "refused")


class Attending:
    """Waits until enough calls run at once."""

    def __init__(self, place):
        self.place = place

    def __call__(self, item):
        self.place.attend()
        return item * 2


class Slow:
    """Takes its time for every item."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __call__(self, item):
        time.sleep(self.seconds)
        return item * 2


class Signing:
    """Writes down which process it runs in."""

    def __init__(self, book):
        self.book = book

    def __call__(self, item):
        self.book.write("handle")
        return item * 2


CALLABLES = {"double": double, "same": same, "excuse": excuse, "enlarge": enlarge}


@contextlib.contextmanager
def opened():
    """Lend a queue for tasks and one for results, as long as the block lasts."""
    tasks, results = mp.JoinableQueue(), mp.Queue()
    try:
        yield tasks, results
    finally:
        for queue in (tasks, results):
            queue.close()
            queue.join_thread()


def fill(queue, items):
    """Put all items; when this process has ended, they are in the queue and not on their way."""
    for item in items:
        queue.put(item)


def join_and_count(tasks, results):
    """Wait until everything was acknowledged, and tell how many results were put by then."""
    tasks.join()
    return results.qsize()


def join_count_and_stop(tasks, results, stop):
    """The same, and then let the worker stop."""
    count = join_and_count(tasks, results)
    tasks.put(stop)
    return count


def take_all(queue):
    """Take what is in the queue that nobody else uses any more."""
    items = []
    with contextlib.suppress(Empty):
        while True:
            items.append(queue.get(timeout=0))
    return items


def work_off(stage, *, items, name, after=()):
    """One `worker` for all items; what is left of the tasks, and what was put."""
    stop = stage.submission.STOP
    with opened() as (tasks, results):
        stage.together(filler=stage.partner(fill, tasks, [*items, stop, *after]))
        reader = stage.partner(read, results, len(items))
        calls = {"worker": stage.call("worker", tasks=tasks, results=results, handle=CALLABLES[name])}
        stage.together(**calls, reader=reader)
        return [take_all(results), take_all(tasks)]


def read(results, count):
    """Take that many results, whenever they come; large ones by their size."""
    pairs = [results.get() for _ in range(count)]
    return [[item, f"{len(value)} bytes"] if isinstance(value, bytes) else [item, value] for item, value in pairs]


def work_and_join(stage, *, items, errors):
    """One `worker`; when it has ended, wait until everything was acknowledged, and read."""
    stop = stage.submission.STOP
    with opened() as (tasks, results):
        stage.together(filler=stage.partner(fill, tasks, [*items, stop]))
        stage.together(worker=stage.call("worker", tasks, results, Failing(errors)))
        stage.together(joiner=stage.partner(join_and_count, tasks, results))
        return take_all(results)


def work_while_somebody_joins(stage, *, items, errors):
    """One `worker`; somebody waits until the items are acknowledged, and only then lets it stop."""
    stop = stage.submission.STOP
    with opened() as (tasks, results):
        stage.together(filler=stage.partner(fill, tasks, items))
        worker = stage.call("worker", tasks, results, Failing(errors))
        stage.together(worker=worker, joiner=stage.partner(join_count_and_stop, tasks, results, stop))
        return take_all(results)


def two_workers(stage, *, items, seconds):
    """Two workers share the items, the first of which comes late; somebody waits until all is acknowledged."""
    stop = stage.submission.STOP
    late = [Late(items[0], seconds), *(Late(item, 0) for item in items[1:])]
    with opened() as (tasks, results):
        stage.together(
            filler=stage.partner(fill, tasks, [*late, stop, stop]),
            first=stage.call("worker", tasks, results, label_of),
            second=stage.call("worker", tasks, results, label_of),
        )
        stage.together(joiner=stage.partner(join_and_count, tasks, results))
        return [[item.label, result] for item, result in take_all(results)]


def process(stage, *, items, workers, name="double"):
    """`process_all` with a handle that only computes; what looks like `STOP` is left out."""
    items = [item for item in items if item != stage.submission.STOP]
    return stage.submission.process_all(items, CALLABLES[name], workers)


def process_by_keyword(stage, *, items, workers):
    """The same, called with keywords, after an earlier call."""
    stage.submission.process_all(items=["earlier"], handle=double, workers=1)
    return stage.submission.process_all(items=items, handle=double, workers=workers)


def process_sorted(stage, *, items, workers):
    """The same, with the pairs sorted."""
    pairs = stage.submission.process_all(items, double, workers)
    return sorted(pairs) if isinstance(pairs, list) else pairs


def process_slowly(stage, *, items, workers, seconds):
    """`process_all` with a handle that takes its time."""
    return stage.submission.process_all(items, Slow(seconds), workers)


def process_failing(stage, *, items, errors, workers):
    """Some items raise."""
    return stage.submission.process_all(items, Failing(errors), workers)


def process_large(stage, *, sizes, workers):
    """Items and results that are larger than any pipe."""
    pairs = stage.submission.process_all([bytes(size) for size in sizes], same, workers)
    return [[len(item), len(result)] for item, result in pairs] if isinstance(pairs, list) else pairs


def process_and_sign(stage, *, items, workers):
    """Which processes handle the items; the caller signs first."""
    book = stage.notebook("handle")
    book.write("caller")
    return stage.submission.process_all(items, Signing(book), workers)


def all_meet(stage, *, items, workers):
    """Every call waits until as many run at once as there are workers."""
    return stage.submission.process_all(items, Attending(stage.meeting("calls", workers)), workers)


def crowd_together(stage, *, items, workers):
    """Every call waits a moment for one more than there may be."""
    return stage.submission.process_all(items, Attending(stage.crowd("calls", workers + 1)), workers)


def every_function(stage, *, items):
    """Both functions."""
    stop = stage.submission.STOP
    with opened() as (tasks, results):
        stage.together(filler=stage.partner(fill, tasks, [*items, stop]))
        stage.together(worker=stage.call("worker", tasks, results, Failing({items[0]: "key"})))
        take_all(results)
    return stage.submission.process_all(items, double, 2)
