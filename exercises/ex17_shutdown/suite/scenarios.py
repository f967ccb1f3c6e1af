"""Small programs around the functions of ex17: processes that end well or badly, and workers that are told to end."""

import contextlib
import importlib
import itertools
import multiprocessing as mp
import os
import signal
import time
from multiprocessing.connection import wait
from queue import Empty

SELF = "ex17"
LONG = 3600  # seconds
NAP = 0.1  # where time is real: a signal that comes just before a sleep is handled after it


END_BADLY = {"stop_finished", "stop_one", "stop_by_keyword", "stop_while_it_ends"}


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


def end_with(code):
    """End at once: with an exit code, by an exception, or by a signal."""
    if code == "raises":
        raise Refusal(code, "refused")
    if code < 0:
        os.kill(os.getpid(), -code)
    raise SystemExit(code)


def stay(ready, how, leaving, nap):
    """Stay until SIGTERM has come, and then do with it what `how` says; `leaving`: after how long, with which code."""

    def leave(*_):
        time.sleep(leaving[0])
        raise SystemExit(leaving[1])

    if how != "default":
        signal.signal(signal.SIGTERM, {"ignores": signal.SIG_IGN, "leaves": leave}[how])
    ready.set()
    for _ in range(int(LONG / nap)):
        time.sleep(nap)


def be_quick(ready, seconds):
    """End by itself after a while."""
    ready.set()
    time.sleep(seconds)


def is_mine():
    """Whether it is this process that has to reap it, and not the fork server."""
    return mp.get_start_method() != "forkserver"


def wait_until_over(process):
    """Wait until the process has ended; it is not reaped by this."""
    wait([process.sentinel])
    if is_mine() and hasattr(os, "waitid"):  # a sentinel is ready a moment before there is a code
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)


def is_there(pid):
    """Whether the process is still there, alive or as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return is_mine()


def told(stage, process, seconds):
    """What `stop` says; whether the process is still there then, and which exit code is known; how long it took."""
    begin, pid = stage.clock(), process.pid
    answer = stage.submission.stop(process, seconds)
    took = round(stage.clock() - begin, 2)
    there = is_there(pid)
    try:
        code = process.exitcode
    except ValueError:
        code = "closed"
    return [answer, there, code, took]


def stop_finished(stage, *, codes, joined, seconds):
    """`stop` for processes that have ended already, some of which were waited for."""
    rows = []
    for code in codes:
        process = mp.Process(target=end_with, args=(code,))
        process.start()
        wait_until_over(process)
        if code in joined:
            process.join()
        rows.append(told(stage, process, seconds)[:3])
    return rows


def stop_one(stage, *, how, leaving, seconds, nap=NAP):
    """`stop` for a process that is ready to get SIGTERM."""
    ready = mp.Event()
    process = mp.Process(target=stay, args=(ready, how, leaving, nap))
    process.start()
    ready.wait()
    return told(stage, process, seconds)


def stop_by_keyword(stage, *, seconds):
    """The same, called with keywords."""
    ready = mp.Event()
    process = mp.Process(target=stay, args=(ready, "default", [0, 0], NAP))
    process.start()
    ready.wait()
    return [stage.submission.stop(process=process, seconds=seconds), process.exitcode]


def stop_while_it_ends(stage, *, takes, seconds):
    """`stop` for a process that ends by itself meanwhile."""
    ready = mp.Event()
    process = mp.Process(target=be_quick, args=(ready, takes))
    process.start()
    ready.wait()
    return told(stage, process, seconds)[:3:2]


class Double:
    """Computes, and fails for some items."""

    def __init__(self, failing=()):
        self.failing = failing

    def __call__(self, item):
        if item in self.failing:
            raise Refusal(item, "refused")
        return item * 2


class Same:
    """The item is its own result."""

    def __call__(self, item):
        return item


class Enlarge:
    """A result of that many bytes."""

    def __call__(self, item):
        return bytes(item)


class Slow:
    """Says that it has begun, and takes its time; its result has that many bytes."""

    def __init__(self, begun, seconds, size=0):
        self.begun = begun
        self.seconds = seconds
        self.size = size

    def __call__(self, item):
        self.begun.set()
        time.sleep(self.seconds)
        return [item, bytes(self.size)]


class Held:
    """Says that it has begun, and goes on when it may; its result has that many bytes."""

    def __init__(self, begun, go, size):
        self.begun = begun
        self.go = go
        self.size = size

    def __call__(self, _):
        self.begun.open()
        self.go.wait()
        return bytes(self.size)


class FirstHeld:
    """Says that it has the first item, and goes on with that one when it may."""

    def __init__(self, begun, go, first):
        self.begun = begun
        self.go = go
        self.first = first

    def __call__(self, item):
        if item == self.first:
            self.begun.open()
            self.go.wait()
        return item * 2


def be_worker(tasks, results, work):
    """Body of a process that is a worker and nothing else."""
    importlib.import_module(SELF).run_worker(tasks, results, work)


def be_worker_by_keyword(tasks, results, work):
    """The same, called with keywords."""
    importlib.import_module(SELF).run_worker(tasks=tasks, results=results, work=work)


def begin(stage, tasks, results, work, body=be_worker):
    """Start a worker."""
    stage.submission.run_worker  # noqa: B018 - if there is none, it is told as such
    worker = mp.Process(target=body, args=(tasks, results, work))
    worker.start()
    return worker


def fill(queue, items):
    """Put all items; when this process has ended, they are in the queue and not on their way."""
    for item in items:
        queue.put(item)


@contextlib.contextmanager
def opened(stage, items):
    """Lend a queue with these tasks and one for results, as long as the block lasts."""
    tasks, results = mp.Queue(), mp.Queue()
    if items:
        stage.together(filler=stage.partner(fill, tasks, items))
    try:
        yield tasks, results
    finally:
        for queue in (tasks, results):
            queue.close()
            queue.join_thread()


def take_all(queue):
    """Take what is in the queue that nobody else uses any more."""
    items = []
    with contextlib.suppress(Empty):
        while True:
            items.append(queue.get(timeout=0))
    return items


def still(stage, numbers=itertools.count()):  # noqa: B008 - a crowd that was let go is not waited for again
    """Wait until nothing moves any more: a worker that waits for an item or a reader has come to where it waits."""
    stage.crowd(f"until nothing moves, {next(numbers)}", 2).attend()


def until_idle(stage, pause):
    """Wait until a worker has nothing to do any more: for so many seconds, where they are virtual."""
    if pause:
        time.sleep(pause)
    else:
        still(stage)


def work_off(stage, *, items, keyword=False):
    """Let a worker work on all items; SIGTERM when all results are there."""
    with opened(stage, items) as (tasks, results):
        worker = begin(stage, tasks, results, Same(), be_worker_by_keyword if keyword else be_worker)
        received = [results.get() for _ in items]
        still(stage)
        worker.terminate()
        worker.join()
        return [received, worker.exitcode]


def stop_idle(stage, *, items, pause):
    """SIGTERM when the worker has nothing to do any more; how it ended, and how long that took."""
    with opened(stage, items) as (tasks, results):
        worker = begin(stage, tasks, results, Double())
        received = [results.get() for _ in items]
        until_idle(stage, pause)
        start = stage.clock()
        worker.terminate()
        worker.join()
        return [received, worker.exitcode, stage.clock() - start]


def stop_as_items_come(stage, *, items, after, pause):
    """SIGTERM when the worker has nothing to do any more, and items at about the same moment; where all of them are."""
    with opened(stage, items) as (tasks, results):
        worker = begin(stage, tasks, results, Double())
        received = [results.get() for _ in items]
        until_idle(stage, pause)
        worker.terminate()
        stage.together(latecomer=stage.partner(fill, tasks, after))
        worker.join()
        return [received + take_all(results), take_all(tasks), worker.exitcode]


def stop_at_work(stage, *, items, seconds, signals):
    """SIGTERM, once or more often, while the worker has the first item in hand; then what was put, and what is left."""
    with opened(stage, items) as (tasks, results):
        begun = mp.Event()
        worker = begin(stage, tasks, results, Slow(begun, seconds))
        begun.wait()
        for _ in range(signals):
            worker.terminate()
        worker.join()
        return [[item for item, _ in take_all(results)], take_all(tasks), worker.exitcode]


def read_lengths(worker, results, count):
    """The lengths of so many results, read while the worker is there: of one that has fallen half-way nothing comes."""
    lengths = []
    while len(lengths) < count and worker.exitcode is None:
        lengths.append(len(results.get()))
    return lengths


def stop_before_reading(stage, *, items, size, signals):
    """SIGTERM while an item is in hand; more of them when nothing moves, as nobody reads the large result yet."""
    with opened(stage, items) as (tasks, results):
        begun, go = stage.door("begun"), stage.door("go")
        worker = begin(stage, tasks, results, Held(begun, go, size))
        begun.wait()
        worker.terminate()
        go.open()
        for _ in range(signals - 1):
            still(stage)
            worker.terminate()
        still(stage)
        lengths = read_lengths(worker, results, 1)
        worker.join()
        return [lengths, take_all(tasks), worker.exitcode]


def stop_with_unread(stage, *, sizes):
    """SIGTERM when the worker has nothing to do any more, and only the first of its large results has been read."""
    with opened(stage, sizes) as (tasks, results):
        worker = begin(stage, tasks, results, Enlarge())
        lengths = [len(results.get())]
        still(stage)
        worker.terminate()
        still(stage)
        lengths += read_lengths(worker, results, len(sizes) - 1)
        worker.join()
        return [lengths, [], worker.exitcode]


def two_workers(stage, *, items, after):
    """Two workers, one of which is at work until the other one has been, too; then one of them is stopped."""
    with opened(stage, items[:1]) as (tasks, results):
        begun, go = stage.door("begun"), stage.door("go")
        work = FirstHeld(begun, go, items[0])
        workers = [begin(stage, tasks, results, work)]
        begun.wait()
        workers.append(begin(stage, tasks, results, work))
        tasks.put(items[1])
        received = [results.get()]
        go.open()
        received.append(results.get())
        for worker, more in zip(workers, (after, []), strict=True):
            still(stage)
            worker.terminate()
            worker.join()
            for item in more:
                tasks.put(item)
            received += [results.get() for _ in more]
        return [received, [worker.exitcode for worker in workers]]


def work_and_fail(stage, *, items, failing):
    """A worker for which some item raises; nobody sends it a signal."""
    with opened(stage, items) as (tasks, results):
        worker = begin(stage, tasks, results, Double(failing))
        worker.join()
        return [take_all(results), take_all(tasks), worker.exitcode]


def every_function(stage, *, items):
    """Both functions: a worker that is idle is stopped, and then once more."""
    with opened(stage, items) as (tasks, results):
        worker = begin(stage, tasks, results, Double())
        for _ in items:
            results.get()
        still(stage)
        for seconds in (2, 0):
            stage.submission.stop(worker, seconds)
        worker.join()
