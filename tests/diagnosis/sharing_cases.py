"""Cases of the diagnoses about pools, managers, shared memory and files."""

from __future__ import annotations

from grader.model.observation import LeftBehind, Remainder
from tests.diagnosis.cases import Case, failed, seen

DROPS = """
def work_on(pool, function, items):
    for item in items:
        pool.apply_async(function, (item,))
"""
KEEPS = """
def work_on(pool, function, items):
    return [pool.apply_async(function, (item,)) for item in items]
"""
CHUNKS = """
def work_on(pool, function, items):
    return pool.map(function, items, chunksize=len(items))
"""
NO_CHUNKS = """
def work_on(pool, function, items):
    return pool.map(function, items)
"""
IN_A_COPY = """
def work_on(shared, key, value):
    shared[key].append(value)
"""
ASSIGNED = """
def work_on(shared, key, value):
    items = shared[key]
    items.append(value)
    shared[key] = items
"""
MANAGED = """
def work_on():
    with Manager() as manager:
        return manager.dict()
"""
HANDLES = """
Exception in thread Thread-3 (_handle_results):
Traceback (most recent call last):
  File "/usr/lib/python3.11/multiprocessing/pool.py", line 579, in _handle_results
    cache[job]._set(i, obj)
ValueError: no
"""

SHARING_CASES = (
    Case(
        "async-result-dropped",
        hit=failed("not-raised", expected="ValueError"),
        near=failed("not-raised", expected="ValueError"),
        source=DROPS,
        near_source=KEEPS,
    ),
    Case(
        "pool-left-too-early",
        hit=failed("raised", actual="ValueError: Pool not running"),
        near=failed("raised", actual="ValueError: Number of processes must be at least 1"),
    ),
    Case(
        "pool-worker-died",
        hit=failed("raised", actual="concurrent.futures.process.BrokenProcessPool: terminated abruptly"),
        near=failed("raised", actual="multiprocessing.TimeoutError"),
    ),
    Case("chunks-too-large", hit=failed("serial"), near=failed("serial"), source=CHUNKS, near_source=NO_CHUNKS),
    Case(
        "callback-raises",
        hit=failed("stuck", observation=seen(stderr=HANDLES)),
        near=failed("stuck", observation=seen(stderr=HANDLES.replace("_handle_results", "_handle_workers"))),
    ),
    Case(
        "shared-memory-not-closed",
        hit=failed("raised", actual="BufferError: cannot close exported pointers exist"),
        near=failed("raised", actual="BufferError: memoryview has 1 exported buffer"),
    ),
    Case(
        "mutable-in-manager",
        hit=failed("wrong-value", expected="[1, 2]", actual="[1]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[1]"),
        source=IN_A_COPY,
        near_source=ASSIGNED,
    ),
    Case(
        "manager-gone",
        hit=failed("raised", actual="ConnectionRefusedError: [Errno 111] Connection refused"),
        near=failed("raised", actual="ConnectionRefusedError: [Errno 111] Connection refused"),
        source=MANAGED,
        near_source=IN_A_COPY,
    ),
    Case(
        "fifo-left",
        hit=failed("left-file", left_behind=(LeftBehind(kind=Remainder.FILE, name="/box/fifo"),)),
        near=failed("left-process", left_behind=(LeftBehind(kind=Remainder.PROCESS, name="python (31)"),)),
    ),
    Case(
        "newline-translated",
        hit=failed("wrong-value", expected=r"['a\r', 'b']", actual="['a', 'b']"),
        near=failed("wrong-value", expected=r"['a\r', 'b']", actual="['a', 'c']"),
    ),
    Case(
        "wrong-exception-class",
        hit=failed("raised", actual="AttributeError: module 'multiprocessing' has no attribute 'Empty'"),
        near=failed("raised", actual="AttributeError: module 'queue' has no attribute 'empty'"),
    ),
    Case("torn-read", hit=failed("torn-read", expected="10", actual="7"), near=failed("lost-update")),
    Case("not-exclusive", hit=failed("commits-overlap"), near=failed("too-many-at-once")),
    Case("began-too-early", hit=failed("began-too-early"), near=failed("serial")),
    Case("goes-on-after-the-time", hit=failed("goes-on-after-the-time"), near=failed("waited-too-long")),
    Case("livelock", hit=failed("livelock"), near=failed("stuck")),
)
