"""Cases of the diagnoses about queues."""

from __future__ import annotations

from tests.diagnosis.cases import Case, failed, hung, seen, waits

WITHOUT_END = """
def work_on(queue, results):
    while True:
        results.append(queue.get())
"""
WITH_END = """
def work_on(queue, results):
    while True:
        item = queue.get()
        if item is None:
            break
        results.append(item)
"""
ONE_MARK = """
def work_on(queue, count):
    readers = [Process(target=read, args=(queue,)) for _ in range(count)]
    queue.put(None)
    for reader in readers:
        reader.join()

def read(queue):
    return queue.get()
"""
MARK_FOR_EACH = """
def work_on(queue, count):
    readers = [Process(target=read, args=(queue,)) for _ in range(count)]
    for reader in readers:
        queue.put(None)
    for reader in readers:
        reader.join()

def read(queue):
    return queue.get()
"""
JOINED_FIRST = """
def work_on(child, queue):
    child.start()
    child.join()
    return queue.get()
"""
JOINED_LAST = """
def work_on(child, queue):
    child.start()
    item = queue.get()
    child.join()
    return item
"""
NEVER_DONE = """
def work_on(queue):
    item = queue.get()
    return item
"""
DROPPED = """
def work_on(queue, items):
    for item in items:
        try:
            queue.put_nowait(item)
        except Full:
            pass
"""
KEPT = DROPPED.replace("pass", "refused.append(item)")
AS_FLAG = """
def work_on(queue, seconds):
    return queue.get(seconds)
"""
BY_NAME = """
def work_on(queue, seconds):
    return queue.get(timeout=seconds)
"""
SAME_LIST = """
def work_on(queue, groups):
    batch = []
    for group in groups:
        batch.extend(group)
        queue.put(batch)
        batch.clear()
"""
NEW_LIST = """
def work_on(queue, groups):
    for group in groups:
        batch = []
        batch.extend(group)
        queue.put(batch)
"""
FEEDER = """
Traceback (most recent call last):
  File "/usr/lib/python3.11/multiprocessing/queues.py", line 244, in _feed
    obj = _ForkingPickler.dumps(obj)
_pickle.PicklingError: Can't pickle <function <lambda>>: attribute lookup failed
"""
KILLED = """
def work_on(child, queue):
    child.terminate()
"""
PUTS_AND_LEAVES = """
def work_on(queue):
    queue.put(1)
    os._exit(0)
"""
WRITES_AND_LEAVES = """
def work_on(file):
    file.write(1)
    os._exit(0)
"""
BY_LENGTH = """
def work_on(queue):
    return [queue.get() for _ in range(queue.qsize())]
"""
BY_COUNT = """
def work_on(queue, count):
    return [queue.get() for _ in range(count)]
"""
HANDS_OUT = """
def work_on(queue, found):
    for item in found:
        queue.put(item)
"""

QUEUE_CASES = (
    Case(
        "missing-sentinel",
        hit=hung(waits("reader", "get", "queue-1")),
        near=hung(waits("reader", "get", "queue-1")),
        source=WITHOUT_END,
        near_source=WITH_END,
    ),
    Case(
        "sentinel-for-one-of-many",
        hit=hung(waits("reader", "get", "queue-1")),
        near=hung(waits("reader", "get", "queue-1")),
        source=ONE_MARK,
        near_source=MARK_FOR_EACH,
    ),
    Case(
        "join-before-drain",
        hit=hung(waits("main", "join", "main/1")),
        near=hung(waits("main", "join", "main/1")),
        source=JOINED_FIRST,
        near_source=JOINED_LAST,
    ),
    Case(
        "task-done-missing",
        hit=hung(waits("main", "join-queue", "queue-1")),
        near=hung(waits("main", "get", "queue-1")),
        source=NEVER_DONE,
    ),
    Case(
        "task-done-too-often",
        hit=failed("raised", actual="ValueError: task_done() called too many times"),
        near=failed("raised", actual="ValueError: semaphore or lock released too many times"),
    ),
    Case("task-done-too-early", hit=failed("task-done-too-early"), near=failed("task-done-missing")),
    Case(
        "refused-item-dropped",
        hit=failed("wrong-value", expected="[1, 2]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[1]"),
        source=DROPPED,
        near_source=KEPT,
    ),
    Case(
        "timeout-as-flag",
        hit=hung(waits("main", "get", "queue-1")),
        near=hung(waits("main", "get", "queue-1")),
        source=AS_FLAG,
        near_source=BY_NAME,
    ),
    Case(
        "changed-after-put",
        hit=failed("wrong-value", expected="[[1], [2]]", actual="[[], []]"),
        near=failed("wrong-value", expected="[[1], [2]]", actual="[[], []]"),
        source=SAME_LIST,
        near_source=NEW_LIST,
    ),
    Case(
        "kept-between-calls",
        hit=failed("wrong-value", expected="[2]", actual="[1, 2]"),
        near=failed("wrong-value", expected="[2]", actual="[1, 2]"),
        source="def put_within(queue, kept=[]):\n    kept.append(queue.get())\n    return kept\n",
        near_source="def put_within(queue, kept=None):\n    kept = []\n    kept.append(queue.get())\n    return kept\n",
    ),
    Case(
        "unpicklable-item",
        hit=failed("stuck", observation=seen(stderr=FEEDER)),
        near=failed("stuck", observation=seen(stderr=FEEDER.replace("_feed", "start"))),
    ),
    Case(
        "items-lost-on-terminate",
        hit=failed("wrong-value", expected="[1, 2, 3]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 2, 3]", actual="[1, 2, 4]"),
        source=KILLED,
    ),
    Case(
        "items-lost-on-terminate",
        hit=failed("wrong-value", expected="[1, 2, 3]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 2, 3]", actual="[1]"),
        source=PUTS_AND_LEAVES,
        near_source=WRITES_AND_LEAVES,
    ),
    Case(
        "qsize-trusted",
        hit=failed("wrong-value", expected="[1, 2, 3]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 2, 3]", actual="[1]"),
        source=BY_LENGTH,
        near_source=BY_COUNT,
    ),
    Case(
        "item-twice",
        hit=failed("wrong-value", expected="['a', 'b']", actual="['a', 'b', 'a']"),
        near=failed("wrong-value", expected="['a', 'b']", actual="['a', 'c', 'a']"),
        source=HANDS_OUT,
    ),
)
