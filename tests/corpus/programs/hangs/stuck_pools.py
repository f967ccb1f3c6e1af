"""Programs that hang: pools and executors.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import multiprocessing as mp
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor


def _pool_worker_killed_task(x):
    if x == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return x


def pool_worker_killed():
    """A worker is killed with its task."""
    with mp.Pool(2) as pool:
        print(pool.map(_pool_worker_killed_task, range(6)))


def _pool_worker_exit_async_task(x):
    os._exit(1)


def pool_worker_exit_async():
    """A worker leaves in the middle of its task."""
    pool = mp.Pool(2)
    r = pool.apply_async(_pool_worker_exit_async_task, (1,))
    print(r.get())


_pool_lock_in_parent_lock = None


def _pool_lock_in_parent_init(l):
    global _pool_lock_in_parent_lock
    _pool_lock_in_parent_lock = l


def _pool_lock_in_parent_task(x):
    with _pool_lock_in_parent_lock:
        return x


def pool_lock_in_parent():
    """The parent holds the lock that the tasks need."""
    l = mp.Lock()
    with mp.Pool(2, initializer=_pool_lock_in_parent_init, initargs=(l,)) as pool:
        with l:
            print(pool.map(_pool_lock_in_parent_task, range(4)))


_pool_barrier_too_few_workers_bar = None


def _pool_barrier_too_few_workers_init(b):
    global _pool_barrier_too_few_workers_bar
    _pool_barrier_too_few_workers_bar = b


def _pool_barrier_too_few_workers_task(x):
    _pool_barrier_too_few_workers_bar.wait()
    return x


def pool_barrier_too_few_workers():
    """Four tasks meet, two workers carry them."""
    b = mp.Barrier(4)
    with mp.Pool(2, initializer=_pool_barrier_too_few_workers_init, initargs=(b,)) as pool:
        print(pool.map(_pool_barrier_too_few_workers_task, range(4), chunksize=1))


_pool_event_queued_behind_ev = None


def _pool_event_queued_behind_init(e):
    global _pool_event_queued_behind_ev
    _pool_event_queued_behind_ev = e


def _pool_event_queued_behind_waiter():
    _pool_event_queued_behind_ev.wait()


def _pool_event_queued_behind_setter():
    _pool_event_queued_behind_ev.set()


def pool_event_queued_behind():
    """The task that would set the event waits behind the one that waits for it."""
    e = mp.Event()
    pool = mp.Pool(1, initializer=_pool_event_queued_behind_init, initargs=(e,))
    a = pool.apply_async(_pool_event_queued_behind_waiter)
    b = pool.apply_async(_pool_event_queued_behind_setter)
    pool.close()
    pool.join()


def _pool_callback_blocks_task(x):
    return x


def pool_callback_blocks():
    """A callback keeps the thread that handles results."""
    l = threading.Lock()
    l.acquire()
    pool = mp.Pool(2)
    rs = [pool.apply_async(_pool_callback_blocks_task, (i,), callback=lambda v: l.acquire()) for i in range(4)]
    for r in rs:
        r.get()
    pool.close()
    pool.join()


def executor_nested_threads():
    """A task waits for a task that has no thread to run in."""
    ex = ThreadPoolExecutor(1)

    def outer():
        return ex.submit(lambda: 1).result()

    print(ex.submit(outer).result())


_executor_process_barrier_bar = None


def _executor_process_barrier_init(b):
    global _executor_process_barrier_bar
    _executor_process_barrier_bar = b


def _executor_process_barrier_task(x):
    _executor_process_barrier_bar.wait()
    return x


def executor_process_barrier():
    """Three tasks meet, two processes carry them."""
    b = mp.Barrier(3)
    with ProcessPoolExecutor(2, initializer=_executor_process_barrier_init, initargs=(b,)) as ex:
        print(list(ex.map(_executor_process_barrier_task, range(3))))
