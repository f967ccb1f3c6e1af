"""Programs that hang: loops that wait, and sleep.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import multiprocessing as mp
import os
import queue
import time
from multiprocessing import connection


def _sleep_forever_worker(ev):
    time.sleep(100000)
    ev.set()


def sleep_forever():
    """A child sleeps for a day before it would set the event."""
    ev = mp.Event()
    p = mp.Process(target=_sleep_forever_worker, args=(ev,))
    p.start()
    ev.wait()


def spin_queue_empty():
    """Looks whether a queue is empty, without end."""
    q = mp.Queue()
    while q.empty():
        pass
    print(q.get())


def _spin_value_worker(v):
    while v.value == 0:
        pass


def spin_value():
    """Looks at a shared value that nobody changes."""
    v = mp.Value("i", 0)
    p = mp.Process(target=_spin_value_worker, args=(v,))
    p.start()
    p.join()


def _spin_is_alive_worker(ev):
    ev.wait()


def spin_is_alive():
    """Looks whether a child lives that waits for ever."""
    ev = mp.Event()
    p = mp.Process(target=_spin_is_alive_worker, args=(ev,))
    p.start()
    while p.is_alive():
        pass


def spin_is_set_sleep():
    """Looks at an event now and then."""
    ev = mp.Event()
    while not ev.is_set():
        time.sleep(0.05)


def spin_get_nowait():
    """Tries to get, without end."""
    q = mp.Queue()
    while True:
        try:
            item = q.get_nowait()
        except queue.Empty:
            continue
        print(item)


def _hands_on_at_once_worker(tasks, results):
    while True:
        try:
            results.put(len(tasks.get(timeout=0.1)))
        except queue.Empty:
            pass


def hands_on_at_once():
    """A worker hands on what it would get, without end; nobody tells it to stop."""
    tasks, results = mp.Queue(), mp.Queue()
    worker = mp.Process(target=_hands_on_at_once_worker, args=(tasks, results))
    worker.start()
    tasks.put("word")
    results.get()
    worker.join()


def _poll_get_timeout_consumer(q):
    while True:
        try:
            item = q.get(timeout=0.1)
        except queue.Empty:
            continue
        if item is None:
            break


def poll_get_timeout():
    """Tries to get with a limit, again and again."""
    q = mp.Queue()
    p = mp.Process(target=_poll_get_timeout_consumer, args=(q,))
    p.start()
    q.put(1)
    p.join()


def _spin_conn_poll_worker(c):
    while not c.poll(0.1):
        pass
    c.recv()


def spin_conn_poll():
    """Asks a connection with a limit, again and again."""
    a, b = mp.Pipe()
    p = mp.Process(target=_spin_conn_poll_worker, args=(b,))
    p.start()
    p.join()


def _poll_and_handle_worker(c):
    while True:
        if c.poll(0.1):
            print(c.recv())


def poll_and_handle():
    """Handles what a connection has, again and again; nobody tells it when it is over."""
    a, b = mp.Pipe()
    p = mp.Process(target=_poll_and_handle_worker, args=(b,))
    p.start()
    a.send("one")
    p.join()


def _wait_for_ready_worker(lines):
    while lines:
        ready = connection.wait(lines, 0.1)
        for line in ready:
            print(line.recv())


def wait_for_ready():
    """Handles what each of several connections has, again and again; nobody closes one."""
    ours, theirs = zip(*(mp.Pipe() for _ in range(2)))
    p = mp.Process(target=_wait_for_ready_worker, args=(list(theirs),))
    p.start()
    for line in ours:
        line.send("one")
    p.join()


def _spin_pool_ready_task(x):
    os._exit(1)


def spin_pool_ready():
    """Waits for a result that will never be ready."""
    pool = mp.Pool(2)
    r = pool.apply_async(_spin_pool_ready_task, (1,))
    while not r.ready():
        time.sleep(0.1)


def _spin_try_lock_worker(l):
    while not l.acquire(block=False):
        time.sleep(0.01)


def spin_try_lock():
    """Tries to take a lock that nobody lets go."""
    l = mp.Lock()
    l.acquire()
    p = mp.Process(target=_spin_try_lock_worker, args=(l,))
    p.start()
    p.join()


def _spin_join_timeout_worker(ev):
    ev.wait()


def spin_join_timeout():
    """Joins with a limit, again and again."""
    ev = mp.Event()
    p = mp.Process(target=_spin_join_timeout_worker, args=(ev,))
    p.start()
    while p.exitcode is None:
        p.join(timeout=0.2)


def _spin_two_sides_worker(mine, other):
    while not mine.is_set():
        time.sleep(0.01)
    other.set()


def spin_two_sides():
    """Each looks at what the other would set later."""
    a, b = (mp.Event(), mp.Event())
    ps = [
        mp.Process(target=_spin_two_sides_worker, args=(a, b)),
        mp.Process(target=_spin_two_sides_worker, args=(b, a)),
    ]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _spin_plain_worker():
    x = 0
    while True:
        x += 1


def spin_plain():
    """Computes for ever: no proof, the limit on CPU time ends it."""
    p = mp.Process(target=_spin_plain_worker)
    p.start()
    p.join()


def _spin_pool_bad_initializer_init():
    raise ValueError("boom")


def _spin_pool_bad_initializer_task(x):
    return x


def spin_pool_bad_initializer():
    """A pool that brings up failing workers again and again: no proof."""
    with mp.Pool(2, initializer=_spin_pool_bad_initializer_init) as pool:
        print(pool.map(_spin_pool_bad_initializer_task, range(3)))


def _spin_polite_worker(a, b):
    while True:
        a.acquire()
        if b.acquire(timeout=0.05):
            return
        a.release()
        time.sleep(0.01)


def spin_polite():
    """Takes one lock, tries the other, lets go, begins again: no proof."""
    a, b = (mp.Lock(), mp.Lock())
    b.acquire()
    p = mp.Process(target=_spin_polite_worker, args=(a, b))
    p.start()
    p.join()
