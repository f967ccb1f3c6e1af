"""Programs that take their time and end by themselves: waits with a limit.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import asyncio
import ctypes
import multiprocessing as mp
import os
import queue
import sched
import select
import signal
import subprocess
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from signal import alarm, pause

ONLY_UNDER_FORK = {"ctypes_alarm"}


def sleep3():
    """Sleeps."""
    time.sleep(1.0)


def _child_sleep_worker():
    time.sleep(1.0)


def child_sleep():
    """A child sleeps."""
    p = mp.Process(target=_child_sleep_worker)
    p.start()
    p.join()


def timed_get_loop():
    """Gets with a limit, a fixed number of times."""
    q = mp.Queue()
    for i in range(4):
        try:
            q.get(timeout=0.3)
        except queue.Empty:
            pass


def timed_get_long():
    """One get with a limit."""
    q = mp.Queue()
    try:
        q.get(timeout=1.0)
    except queue.Empty:
        print("empty")


def many_short_sleeps():
    """Sleeps often and shortly."""
    for i in range(100):
        time.sleep(0.01)


def subprocess_sleep():
    """A command sleeps."""
    subprocess.run(["sleep", "1.0"])


def shell_pipeline():
    """A pipeline of commands sleeps."""
    print(subprocess.run("(sleep 1; echo a) | sort | wc -l", shell=True, capture_output=True).stdout)


def _imap_slow_task(x):
    time.sleep(0.4)
    return x


def imap_slow():
    """Tasks sleep, results come one by one."""
    with mp.Pool(2) as pool:
        for r in pool.imap(_imap_slow_task, range(10)):
            pass


def _map_slow_task(x):
    time.sleep(1)
    return x


def map_slow():
    """Tasks sleep."""
    with mp.Pool(2) as pool:
        print(pool.map(_map_slow_task, range(4)))


def _pool_maxtasks_task(x):
    time.sleep(0.2)
    return x


def pool_maxtasks():
    """Each task has a worker of its own."""
    with mp.Pool(2, maxtasksperchild=1) as pool:
        print(pool.map(_pool_maxtasks_task, range(6), chunksize=1))


def alarm_pause():
    """Only an alarm ends this pause."""
    signal.signal(signal.SIGALRM, lambda *a: None)
    signal.alarm(1)
    signal.pause()


def _alarm_default_kills_child_worker():
    signal.alarm(1)
    signal.pause()


def alarm_default_kills_child():
    """A child is ended by its own alarm."""
    p = mp.Process(target=_alarm_default_kills_child_worker)
    p.start()
    p.join()
    print(p.exitcode)


def _setitimer_lock_boom(*a):
    raise TimeoutError


def setitimer_lock():
    """An alarm interrupts the wait for a lock."""
    signal.signal(signal.SIGALRM, _setitimer_lock_boom)
    signal.setitimer(signal.ITIMER_REAL, 0.9)
    l = mp.Lock()
    l.acquire()
    try:
        l.acquire()
    except TimeoutError:
        print("ok")


def alarm_from_import():
    """alarm and pause by their own names."""
    signal.signal(signal.SIGALRM, lambda *a: None)
    alarm(1)
    pause()


def ctypes_alarm():
    """The alarm is set past Python."""
    signal.signal(signal.SIGALRM, lambda *a: None)
    ctypes.CDLL(None).alarm(1)
    signal.pause()


def threading_timer():
    """A timer thread sets the event."""
    ev = threading.Event()
    threading.Timer(1.0, ev.set).start()
    ev.wait()


def thread_timer_mp_event():
    """A timer thread sets the event of multiprocessing."""
    ev = mp.Event()
    threading.Timer(1.0, ev.set).start()
    ev.wait()


def select_timeout():
    """select with a limit."""
    r, w = os.pipe()
    select.select([r], [], [], 1.0)


def poll_timeout():
    """poll with a limit."""
    r, w = os.pipe()
    p = select.poll()
    p.register(r)
    p.poll(1000)


def epoll_timeout():
    """epoll with a limit."""
    r, w = os.pipe()
    p = select.epoll()
    p.register(r, select.EPOLLIN)
    p.poll(1.0)


def conn_poll_timeout():
    """A connection is asked with a limit."""
    a, b = mp.Pipe()
    print(a.poll(1.0))


def cond_wait_timeout():
    """A condition with a limit."""
    c = mp.Condition()
    with c:
        print(c.wait(1.0))


def event_wait_timeout():
    """An event with a limit."""
    print(mp.Event().wait(1.0))


def _join_timeout_loop_worker():
    time.sleep(1.0)


def join_timeout_loop():
    """Joins with a limit until the child has ended."""
    p = mp.Process(target=_join_timeout_loop_worker)
    p.start()
    while p.is_alive():
        p.join(timeout=0.3)


def lock_acquire_timeout():
    """A lock with a limit."""
    l = mp.Lock()
    l.acquire()
    print(l.acquire(timeout=1.0))


def _lock_slow_holder_worker(l):
    with l:
        time.sleep(0.6)


def lock_slow_holder():
    """Four hold a lock in turn, each for a while."""
    l = mp.Lock()
    ps = [mp.Process(target=_lock_slow_holder_worker, args=(l,)) for _ in range(4)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _barrier_late_worker(b, t):
    time.sleep(t)
    b.wait()


def barrier_late():
    """One comes late to the barrier."""
    b = mp.Barrier(3)
    ps = [mp.Process(target=_barrier_late_worker, args=(b, t)) for t in (0, 1, 1.0)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _joinable_slow_worker(q):
    while True:
        q.get()
        time.sleep(0.5)
        q.task_done()


def joinable_slow():
    """Items are done slowly."""
    q = mp.JoinableQueue()
    mp.Process(target=_joinable_slow_worker, args=(q,), daemon=True).start()
    for i in range(5):
        q.put(i)
    q.join()


def sched_module():
    """Events by the clock."""
    s = sched.scheduler()
    s.enter(0.5, 1, lambda: None)
    s.enter(1.0, 1, lambda: None)
    s.run()


def asyncio_sleep():
    """An event loop sleeps."""
    asyncio.run(asyncio.sleep(1.0))


async def _asyncio_subprocess_amain():
    p = await asyncio.create_subprocess_exec("sleep", "1.0")
    await p.wait()


def asyncio_subprocess():
    """An event loop waits for a command."""
    asyncio.run(_asyncio_subprocess_amain())


def _executor_slow_task(x):
    time.sleep(0.5)
    return x


def executor_slow():
    """Tasks of an executor sleep."""
    with ProcessPoolExecutor(2) as ex:
        print(list(ex.map(_executor_slow_task, range(8))))


def _nested_pool_slow_inner(x):
    time.sleep(1)
    return x


def _nested_pool_slow_worker(q):
    with mp.Pool(2) as p:
        q.put(sum(p.map(_nested_pool_slow_inner, range(4))))


def nested_pool_slow():
    """A child has a pool of its own."""
    q = mp.Queue()
    p = mp.Process(target=_nested_pool_slow_worker, args=(q,))
    p.start()
    print(q.get())
    p.join()


def _manager_slow_worker(d, ev):
    time.sleep(1.0)
    d["x"] = 1
    ev.set()


def manager_slow():
    """A child works slowly for a manager's event."""
    with mp.Manager() as m:
        d, ev = (m.dict(), m.Event())
        p = mp.Process(target=_manager_slow_worker, args=(d, ev))
        p.start()
        ev.wait()
        print(d["x"])
        p.join()


def manager_event_timeout():
    """A manager's event with a limit."""
    with mp.Manager() as m:
        print(m.Event().wait(1.0))


def manager_queue_timeout():
    """A manager's queue with a limit."""
    with mp.Manager() as m:
        try:
            m.Queue().get(timeout=1.0)
        except queue.Empty:
            print("ok")


def poll_and_count():
    """Handles what a connection has and counts its turns: it ends by itself."""
    a, _b = mp.Pipe()
    turns = 0
    while True:
        if a.poll(0.1):
            print(a.recv())
        turns += 1
        if turns > 15:
            break
