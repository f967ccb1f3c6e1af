"""Programs that take their time and end by themselves: computations and loops.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import multiprocessing as mp
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time


def cpu3():
    """Computes."""
    e = time.process_time() + 1.0
    while time.process_time() < e:
        sum(range(1000))


def _cpu_child_worker():
    e = time.process_time() + 1.0
    while time.process_time() < e:
        sum(range(1000))


def cpu_child():
    """A child computes."""
    p = mp.Process(target=_cpu_child_worker)
    p.start()
    p.join()


def cpu_clock_spin():
    """Looks at the clock, without end."""
    e = time.monotonic() + 1.0
    while time.monotonic() < e:
        pass


def gil_contention():
    """Three threads compute."""

    def f():
        e = time.thread_time() + 0.8
        while time.thread_time() < e:
            sum(range(100))

    ts = [threading.Thread(target=f) for _ in range(3)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()


def gil_contention_c_holds_gil():
    """Two threads sort."""

    def f():
        sorted(range(4000000), key=lambda x: -x)

    ts = [threading.Thread(target=f) for _ in range(2)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()


def _spin_is_set_setter_worker(ev):
    time.sleep(1.0)
    ev.set()


def spin_is_set_setter():
    """Looks at an event that is set later."""
    ev = mp.Event()
    p = mp.Process(target=_spin_is_set_setter_worker, args=(ev,))
    p.start()
    while not ev.is_set():
        time.sleep(0.01)
    p.join()


def _spin_value_setter_worker(v):
    time.sleep(1)
    v.value = 1


def spin_value_setter():
    """Looks at a value that is set later."""
    v = mp.Value("i", 0)
    p = mp.Process(target=_spin_value_setter_worker, args=(v,))
    p.start()
    while v.value == 0:
        pass
    p.join()


def _spin_value_setter_cpu_worker(v):
    sum(range(25000000))
    v.value = 1


def spin_value_setter_cpu():
    """Looks at a value that is set after a computation."""
    v = mp.Value("i", 0)
    p = mp.Process(target=_spin_value_setter_cpu_worker, args=(v,))
    p.start()
    while v.value == 0:
        pass
    p.join()


_spin_alarm_sets_flag_done = False


def _spin_alarm_sets_flag_on(*a):
    global _spin_alarm_sets_flag_done
    _spin_alarm_sets_flag_done = True


def spin_alarm_sets_flag():
    """Looks at a flag that an alarm will set."""
    signal.signal(signal.SIGALRM, _spin_alarm_sets_flag_on)
    signal.alarm(1)
    while not _spin_alarm_sets_flag_done:
        time.sleep(0.05)


def bounded_poll_loop():
    """Looks a fixed number of times."""
    q = mp.Queue()
    for _ in range(12):
        if not q.empty():
            break
        time.sleep(0.1)


def bounded_while_counter():
    """Looks and counts."""
    q = mp.Queue()
    n = 0
    while q.empty() and n < 12:
        time.sleep(0.1)
        n += 1


def deadline_poll_loop():
    """Looks until the time is over."""
    q = mp.Queue()
    end = time.time() + 1.0
    while time.time() < end:
        try:
            q.get(timeout=0.2)
        except queue.Empty:
            continue


def retries_in_handler():
    """Counts its failures."""
    q = mp.Queue()
    misses = 0
    while True:
        try:
            q.get(timeout=0.3)
        except queue.Empty:
            misses += 1
            if misses == 4:
                break


def counts_before_it_gets():
    """Draws a number each time, until there are no more."""
    q, out = mp.Queue(), []
    numbers = iter(range(4))
    while True:
        try:
            out.append([next(numbers), q.get(timeout=0.3)])
        except queue.Empty:
            continue
        except StopIteration:
            break


class _HelperWithState:
    n = 0

    def empty(self):
        self.n += 1
        return self.n < 12


def helper_with_state():
    """Something of its own is called empty, and counts."""
    c = _HelperWithState()
    while c.empty():
        time.sleep(0.1)


def fsync_loop():
    """Waits for the disk."""
    with tempfile.NamedTemporaryFile(dir=".") as f:
        e = time.monotonic() + 1
        while time.monotonic() < e:
            f.write(b"x" * 100000)
            f.flush()
            os.fsync(f.fileno())


def page_faults():
    """Waits for memory."""
    for i in range(5):
        b = bytearray(150000000)
        b[::4096] = b"x" * len(b[::4096])
        del b


def vfork_preexec():
    """Many commands, one that begins slowly."""
    for i in range(20):
        subprocess.run(["true"])
    subprocess.run(["sleep", "1"], preexec_fn=lambda: time.sleep(1))


def _many_processes_worker(i):
    time.sleep(0.05 * (i % 5))


def many_processes():
    """Many short lives."""
    for r in range(4):
        ps = [mp.Process(target=_many_processes_worker, args=(i,)) for i in range(8)]
        for p in ps:
            p.start()
        for p in ps:
            p.join()


def _inotify_like_tail_worker(path):
    time.sleep(1)
    open(path, "w").write("x")


def inotify_like_tail():
    """Waits for a file to appear."""
    path = tempfile.mktemp()
    p = mp.Process(target=_inotify_like_tail_worker, args=(path,))
    p.start()
    while not os.path.exists(path):
        time.sleep(0.05)
    p.join()
