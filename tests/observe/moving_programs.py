"""Programs that are slow but end by themselves, started as `python moving_programs.py NAME START_METHOD`.

They sleep, because that is what the detector has to see through; the tests do not.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import queue as plain_queue
import signal
import socket
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Client, Listener
from typing import Any

SECONDS = 0.6


def sleeps() -> None:
    """One process that does nothing for a while."""
    time.sleep(SECONDS)


def computes() -> None:
    """A busy loop."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        pass


def gets_with_a_timeout() -> None:
    """Nobody puts, and that is no problem."""
    with contextlib.suppress(plain_queue.Empty):
        mp.Queue().get(timeout=SECONDS)


def takes_a_lock_with_a_timeout() -> None:
    """A deadlock of one that dissolves."""
    lock = mp.Lock()
    lock.acquire()
    lock.acquire(timeout=SECONDS)


def child_sleeps_then_puts() -> None:
    """The parent waits without limit, the child does not."""
    queue: mp.Queue[int] = mp.Queue()
    worker = mp.Process(target=_put_later, args=(queue,))
    worker.start()
    queue.get()
    worker.join()


def joins_with_a_timeout() -> None:
    """The parent gives up and ends its child."""
    queue: mp.Queue[int] = mp.Queue()
    worker = mp.Process(target=_get, args=(queue,))
    worker.start()
    worker.join(SECONDS)
    worker.terminate()
    worker.join()


def manager_with_a_timed_wait() -> None:
    """Server and workers wait for somebody whose time runs."""
    with mp.Manager() as manager:
        event = manager.Event()
        event.wait(SECONDS)


def manager_used_slowly() -> None:
    """A worker sleeps, then lets the lock of the server go."""
    with mp.Manager() as manager:
        lock = manager.Lock()
        lock.acquire()
        worker = mp.Process(target=_release_later, args=(lock,))
        worker.start()
        lock.acquire()
        worker.join()


def serves_for_a_second() -> None:
    """Looks like a Manager's server, is none: a thread accepts while the main thread waits for one second."""
    with Listener() as listener:
        threading.Thread(target=_accept, args=(listener,), daemon=True).start()
        threading.Event().wait(1)
        Client(listener.address).close()


def pool_works_slowly() -> None:
    """Workers sleep in turn."""
    with mp.Pool(2) as pool:
        pool.map(_nap, [SECONDS / 2] * 3)


def waits_for_an_alarm() -> None:
    """Only the alarm ends this wait."""
    signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    signal.pause()


def waits_for_a_held_back_alarm() -> None:
    """An alarm that is not caught but fetched."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    signal.sigwait({signal.SIGALRM})


def receives_with_a_limit_of_the_socket() -> None:
    """The limit is the socket's, so the call shows none."""
    ours, _theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, (1).to_bytes(8, "little") + bytes(8))
    with contextlib.suppress(BlockingIOError):
        ours.recv(1)


def waits_for_a_command() -> None:
    """A program that is not Python."""
    subprocess.run(["/bin/sleep", str(SECONDS)], check=True)


def thread_sleeps() -> None:
    """The main thread waits for another one."""
    thread = threading.Thread(target=_nap, args=(SECONDS,))
    thread.start()
    thread.join()


def _put_later(queue: Any) -> None:
    time.sleep(SECONDS)
    queue.put(1)


def _get(queue: Any) -> None:
    queue.get()


def _release_later(lock: Any) -> None:
    time.sleep(SECONDS)
    lock.release()


def _accept(listener: Listener) -> None:
    listener.accept().close()


def _nap(seconds: float) -> None:
    time.sleep(seconds)


PROGRAMS = (
    sleeps,
    computes,
    gets_with_a_timeout,
    takes_a_lock_with_a_timeout,
    child_sleeps_then_puts,
    joins_with_a_timeout,
    manager_with_a_timed_wait,
    manager_used_slowly,
    serves_for_a_second,
    pool_works_slowly,
    waits_for_an_alarm,
    waits_for_a_held_back_alarm,
    receives_with_a_limit_of_the_socket,
    waits_for_a_command,
    thread_sleeps,
)

if __name__ == "__main__":
    mp.set_start_method(sys.argv[2])
    {program.__name__: program for program in PROGRAMS}[sys.argv[1]]()
