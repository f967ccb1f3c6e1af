"""Programs that hang: queues and managers.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import multiprocessing as mp
import queue
import threading
import time
from multiprocessing.connection import Listener

ONLY_UNDER_FORK = {"nondaemon_child_at_exit"}


def _queue_get_one_too_many_worker(q):
    for i in range(3):
        q.put(i)


def queue_get_one_too_many():
    """Three items come, four are awaited."""
    q = mp.Queue()
    p = mp.Process(target=_queue_get_one_too_many_worker, args=(q,))
    p.start()
    for i in range(4):
        q.get()
    p.join()


def _queue_no_sentinel_consumer(q):
    while True:
        item = q.get()
        if item is None:
            break


def queue_no_sentinel():
    """The consumer waits for an end mark that nobody puts."""
    q = mp.Queue()
    p = mp.Process(target=_queue_no_sentinel_consumer, args=(q,))
    p.start()
    for i in range(5):
        q.put(i)
    p.join()


def _queue_two_consumers_one_sentinel_consumer(q):
    for item in iter(q.get, None):
        pass


def queue_two_consumers_one_sentinel():
    """One end mark for two consumers."""
    q = mp.Queue()
    ps = [
        mp.Process(target=_queue_two_consumers_one_sentinel_consumer, args=(q,), name="consumer-%d" % i)
        for i in range(2)
    ]
    for p in ps:
        p.start()
    for i in range(10):
        q.put(i)
    q.put(None)
    for p in ps:
        p.join()


def _queue_join_before_drain_worker(q):
    q.put("x" * 1000000)


def queue_join_before_drain():
    """The item does not fit into the pipe, and nobody takes it before join."""
    q = mp.Queue()
    p = mp.Process(target=_queue_join_before_drain_worker, args=(q,))
    p.start()
    p.join()
    print(len(q.get()))


def _queue_many_items_join_worker(q):
    for i in range(20000):
        q.put("item %d" % i)


def queue_many_items_join():
    """Many small items do not fit either."""
    q = mp.Queue()
    p = mp.Process(target=_queue_many_items_join_worker, args=(q,))
    p.start()
    p.join()
    print(q.get())


def queue_bounded_full():
    """A full queue, and nobody else to make room."""
    q = mp.Queue(maxsize=2)
    for i in range(5):
        q.put(i)
    while not q.empty():
        print(q.get())


def _joinable_no_task_done_consumer(q):
    while True:
        item = q.get()
        if item is None:
            break


def joinable_no_task_done():
    """The consumer never says that an item is done."""
    q = mp.JoinableQueue()
    p = mp.Process(target=_joinable_no_task_done_consumer, args=(q,), daemon=True)
    p.start()
    for i in range(5):
        q.put(i)
    q.join()


def _joinable_consumer_died_consumer(q):
    while True:
        item = q.get()
        10 / (3 - item)
        q.task_done()


def joinable_consumer_died():
    """The consumer fails at an item and leaves the rest undone."""
    q = mp.JoinableQueue()
    p = mp.Process(target=_joinable_consumer_died_consumer, args=(q,), daemon=True)
    p.start()
    for i in range(5):
        q.put(i)
    q.join()


def simplequeue_empty():
    """One item, two gets."""
    q = mp.SimpleQueue()
    q.put(1)
    q.get()
    q.get()


def simplequeue_full():
    """A SimpleQueue has no thread that would wait in its stead."""
    q = mp.SimpleQueue()
    for i in range(100000):
        q.put("abc")


def _manager_queue_get_worker(q):
    q.put(1)


def manager_queue_get():
    """One item through a manager, two gets."""
    m = mp.Manager()
    q = m.Queue()
    p = mp.Process(target=_manager_queue_get_worker, args=(q,))
    p.start()
    q.get()
    q.get()


def _manager_lock_held_worker(lock):
    with lock:
        pass


def manager_lock_held():
    """The parent holds the manager's lock and waits for the child."""
    m = mp.Manager()
    lock = m.Lock()
    p = mp.Process(target=_manager_lock_held_worker, args=(lock,))
    lock.acquire()
    p.start()
    p.join()


def _manager_event_workers_worker(ev, d, i):
    d[i] = 1
    ev.wait()


def manager_event_workers():
    """Nobody sets the manager's event."""
    with mp.Manager() as m:
        ev, d = (m.Event(), m.dict())
        ps = [mp.Process(target=_manager_event_workers_worker, args=(ev, d, i)) for i in range(2)]
        for p in ps:
            p.start()
        for p in ps:
            p.join()


def _manager_pool_queue_task(q):
    return q.get()


def manager_pool_queue():
    """Two tasks want the only item."""
    m = mp.Manager()
    q = m.Queue()
    q.put(1)
    with mp.Pool(2) as pool:
        print(pool.map(_manager_pool_queue_task, [q, q]))


def _nondaemon_child_at_exit_worker(q):
    q.get()


def nondaemon_child_at_exit():
    """The program ends, and waits for a child that waits."""
    q = mp.Queue()
    mp.Process(target=_nondaemon_child_at_exit_worker, args=(q,)).start()
    print("main done")


def _join_daemon_worker(ev):
    ev.wait()


def join_daemon():
    """A daemon is joined, and nobody lets it go."""
    ev = mp.Event()
    p = mp.Process(target=_join_daemon_worker, args=(ev,), daemon=True)
    p.start()
    p.join()


def _thread_queue_join_in_child_worker():
    q = queue.Queue()

    def t():
        while q.get() is not None:
            pass

    threading.Thread(target=t, daemon=True).start()
    for i in range(3):
        q.put(i)
    q.join()


def thread_queue_join_in_child():
    """join of a thread's queue without task_done."""
    p = mp.Process(target=_thread_queue_join_in_child_worker)
    p.start()
    p.join()


def _timedwait_other_thread_daemon_dead_worker(q):
    for i in range(3):
        q.put(i)


def timedwait_other_thread_daemon_dead():
    """A thread waits for an item more than comes."""
    q = mp.Queue()
    p = mp.Process(target=_timedwait_other_thread_daemon_dead_worker, args=(q,))
    p.start()
    t = threading.Thread(target=lambda: [q.get() for _ in range(4)])
    t.start()
    p.join()
    t.join()


def _queue_slow_then_dead_worker(q):
    for i in range(3):
        time.sleep(0.3)
        q.put(i)
    q.get()
    q.get()


def queue_slow_then_dead():
    """Items come slowly, then both wait for each other."""
    q = mp.Queue()
    p = mp.Process(target=_queue_slow_then_dead_worker, args=(q,))
    p.start()
    for i in range(4):
        q.get()
    p.join()


def listener_accept():
    """Nobody connects."""
    with Listener(("localhost", 0)) as l:
        l.accept()
