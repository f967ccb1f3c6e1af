"""Programs that hang: locks, semaphores, conditions, events, barriers.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import fcntl
import multiprocessing as mp
import os
import signal
import tempfile
import threading
import time
from multiprocessing import shared_memory

ONLY_UNDER_FORK = {"fork_with_lock_held"}


def lock_twice():
    """A lock is not reentrant."""
    lock = mp.Lock()
    lock.acquire()
    lock.acquire()


def _lock_parent_holds_join_worker(lock):
    with lock:
        print("hi")


def lock_parent_holds_join():
    """The parent waits for a child that needs the lock the parent holds."""
    lock = mp.Lock()
    p = mp.Process(target=_lock_parent_holds_join_worker, args=(lock,))
    with lock:
        p.start()
        p.join()


def _lock_ab_ba_worker(a, b, both):
    with a:
        both.wait()
        with b:
            pass


def lock_ab_ba():
    """Two processes take two locks in opposite order."""
    a, b, both = mp.Lock(), mp.Lock(), mp.Barrier(2)
    ps = [
        mp.Process(target=_lock_ab_ba_worker, args=(a, b, both)),
        mp.Process(target=_lock_ab_ba_worker, args=(b, a, both)),
    ]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _philosophers_philosopher(i, left, right, bar):
    while True:
        with left:
            bar.wait()
            with right:
                time.sleep(0.01)


def philosophers():
    """Four hold their left fork each, and want the right one."""
    n = 4
    forks = [mp.Lock() for _ in range(n)]
    bar = mp.Barrier(n)
    ps = [mp.Process(target=_philosophers_philosopher, args=(i, forks[i], forks[(i + 1) % n], bar)) for i in range(n)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _lock_lost_by_exception_worker(lock, k):
    lock.acquire()
    if k == 0:
        raise ValueError("bad input")
    lock.release()


def lock_lost_by_exception():
    """A child takes the lock, fails, and never lets it go."""
    lock = mp.Lock()
    p = mp.Process(target=_lock_lost_by_exception_worker, args=(lock, 0))
    p.start()
    p.join()
    p2 = mp.Process(target=_lock_lost_by_exception_worker, args=(lock, 1))
    p2.start()
    p2.join()


def _lock_holder_killed_worker(lock):
    lock.acquire()
    os.kill(os.getpid(), signal.SIGKILL)


def lock_holder_killed():
    """A child is killed while it holds the lock."""
    lock = mp.Lock()
    p = mp.Process(target=_lock_holder_killed_worker, args=(lock,))
    p.start()
    p.join()
    lock.acquire()


def _rlock_other_process_worker(lock):
    with lock:
        pass


def rlock_other_process():
    """One release too few of a reentrant lock."""
    lock = mp.RLock()
    lock.acquire()
    lock.acquire()
    p = mp.Process(target=_rlock_other_process_worker, args=(lock,))
    p.start()
    lock.release()
    p.join()


def value_plain_lock_twice():
    """The lock of this Value is not reentrant, and its own access takes it again."""
    v = mp.Value("i", 0, lock=mp.Lock())
    with v.get_lock():
        v.value += 1


def _sem_never_released_worker(s):
    s.acquire()


def sem_never_released():
    """A semaphore for two, and nobody lets go."""
    s = mp.Semaphore(2)
    ps = [mp.Process(target=_sem_never_released_worker, args=(s,)) for _ in range(3)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _bounded_buffer_wrong_order_producer(mutex, empty, full, n):
    for i in range(n):
        mutex.acquire()
        empty.acquire()
        full.release()
        mutex.release()


def _bounded_buffer_wrong_order_consumer(mutex, empty, full, n):
    for i in range(n):
        full.acquire()
        mutex.acquire()
        empty.release()
        mutex.release()


def bounded_buffer_wrong_order():
    """The producer takes the mutex before it waits for room."""
    mutex, empty, full = (mp.Lock(), mp.Semaphore(2), mp.Semaphore(0))
    a = mp.Process(target=_bounded_buffer_wrong_order_producer, args=(mutex, empty, full, 50))
    b = mp.Process(target=_bounded_buffer_wrong_order_consumer, args=(mutex, empty, full, 10))
    a.start()
    b.start()
    a.join()
    b.join()


def _event_never_set_worker(ev):
    if False:
        ev.set()


def event_never_set():
    """Each waits for what the other should set."""
    ev = mp.Event()
    p = mp.Process(target=_event_never_set_worker, args=(ev,))
    p.start()
    ev.wait()


def _event_cleared_worker(ev):
    time.sleep(0.3)
    ev.wait()


def event_cleared():
    """The event is set and cleared before anybody looks."""
    ev = mp.Event()
    p = mp.Process(target=_event_cleared_worker, args=(ev,))
    p.start()
    ev.set()
    ev.clear()
    p.join()


def _cond_missed_notify_worker(cond):
    time.sleep(0.3)
    with cond:
        cond.wait()


def cond_missed_notify():
    """The notification comes before anybody waits."""
    cond = mp.Condition()
    p = mp.Process(target=_cond_missed_notify_worker, args=(cond,))
    p.start()
    with cond:
        cond.notify()
    p.join()


def _cond_notify_one_of_two_worker(cond):
    with cond:
        cond.wait()


def cond_notify_one_of_two():
    """Two wait, one is told."""
    cond = mp.Condition()
    ps = [mp.Process(target=_cond_notify_one_of_two_worker, args=(cond,)) for _ in range(2)]
    for p in ps:
        p.start()
    time.sleep(0.4)
    with cond:
        cond.notify()
    for p in ps:
        p.join()


def _barrier_too_few_worker(b):
    b.wait()


def barrier_too_few():
    """Two come where three are awaited."""
    b = mp.Barrier(3)
    ps = [mp.Process(target=_barrier_too_few_worker, args=(b,)) for _ in range(2)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _barrier_uneven_rounds_worker(b, n):
    for _ in range(n):
        b.wait()


def barrier_uneven_rounds():
    """One goes round once more than the other."""
    b = mp.Barrier(2)
    ps = [mp.Process(target=_barrier_uneven_rounds_worker, args=(b, n)) for n in (3, 4)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _shm_semaphores_pingpong_worker(name, a, b):
    s = shared_memory.SharedMemory(name)
    for i in range(4):
        a.acquire()
        s.buf[0] += 1
        b.release()


def shm_semaphores_pingpong():
    """The parent plays one round more than its partner."""
    s = shared_memory.SharedMemory(create=True, size=16)
    a, b = (mp.Semaphore(0), mp.Semaphore(0))
    p = mp.Process(target=_shm_semaphores_pingpong_worker, args=(s.name, a, b))
    p.start()
    for i in range(5):
        a.release()
        b.acquire()
    p.join()


def _thread_deadlock_in_child_worker():
    a, b, both = threading.Lock(), threading.Lock(), threading.Barrier(2)

    def t(x, y):
        with x:
            both.wait()
            with y:
                pass

    ts = [threading.Thread(target=t, args=(a, b)), threading.Thread(target=t, args=(b, a))]
    for t in ts:
        t.start()
    for t in ts:
        t.join()


def thread_deadlock_in_child():
    """Two threads of a child take two locks in opposite order."""
    p = mp.Process(target=_thread_deadlock_in_child_worker)
    p.start()
    p.join()


_fork_with_lock_held_l = threading.Lock()


def _fork_with_lock_held_holder():
    with _fork_with_lock_held_l:
        time.sleep(0.5)


def _fork_with_lock_held_worker():
    with _fork_with_lock_held_l:
        pass


def fork_with_lock_held():
    """A lock is forked while a thread holds it, and nobody in the child will let it go."""
    t = threading.Thread(target=_fork_with_lock_held_holder)
    t.start()
    time.sleep(0.1)
    p = mp.Process(target=_fork_with_lock_held_worker)
    p.start()
    t.join()
    p.join()


def _flock_two_worker(path):
    with open(path, "w") as f:
        fcntl.flock(f, fcntl.LOCK_EX)


def flock_two():
    """A lock on a file is held by the one who waits for the child."""
    path = tempfile.mktemp()
    f = open(path, "w")
    fcntl.flock(f, fcntl.LOCK_EX)
    p = mp.Process(target=_flock_two_worker, args=(path,))
    p.start()
    p.join()
