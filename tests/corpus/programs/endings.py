"""Programs that end processes, or handle signals; each returns whether it kept its promise."""

import multiprocessing as mp
import os
import queue
import select
import signal
import sys
import threading
import time

WRONG = {
    "wrong_terminates_a_holder": "hung",
    "wrong_kills_before_it_is_done": "failed",
    "wrong_handler_that_only_notes": "hung",
    "wrong_terminate_without_join": "failed",
    "wrong_loses_the_item_in_hand": "failed",
    "wrong_exit_code_of_one_that_runs": "failed",
    "wrong_exits_with_the_lock": "hung",
}
OUTSIDE = {
    "outside_alarm": "signal.alarm()",
    "outside_signal_to_a_stranger": "a signal to a process that is no child",
    "outside_blocked_signal": "a signal that is blocked",
    "outside_waits_for_a_sentinel_by_select": "select.select()",
    "outside_waits_for_an_event_of_its_thread": "a wait by the real clock",
    "outside_sleeps_in_asyncio": "asyncio",
}


def started(target, *arguments):
    process = mp.Process(target=target, args=arguments)
    process.start()
    return process


def right_terminate():
    process = started(time.sleep, 3600)
    process.terminate()
    process.join()
    return process.exitcode == -signal.SIGTERM and not process.is_alive()


def right_kill():
    process = started(ignore_and_sleep)
    process.terminate()
    process.kill()
    process.join()
    return process.exitcode in (-signal.SIGKILL, -signal.SIGTERM)


def ignore_and_sleep():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(3600)


def right_stops_in_steps():
    ready = mp.Event()
    process = started(ignore_then_tell, ready)
    ready.wait()
    process.terminate()
    process.join(5)
    survived = process.is_alive()
    process.kill()
    process.join()
    return survived and process.exitcode == -signal.SIGKILL


def ignore_then_tell(ready):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.set()
    time.sleep(3600)


def hold(lock, taken):
    with lock:
        taken.set()
        time.sleep(3600)


def wrong_terminates_a_holder():
    lock, taken = mp.Lock(), mp.Event()
    process = started(hold, lock, taken)
    taken.wait()
    process.terminate()
    process.join()
    with lock:
        return True


def write(value):
    value.value = 7


def wrong_kills_before_it_is_done():
    value = mp.Value("i", 0)
    process = started(write, value)
    process.kill()
    process.join()
    return value.value == 7


def right_kills_what_is_done():
    value = mp.Value("i", 0)
    process = started(write, value)
    process.join()
    process.kill()
    return value.value == 7 and process.exitcode == 0


def exit_on_signal(ready, value, code):
    def handler(number, frame):
        value.value = 7
        sys.exit(code)

    signal.signal(signal.SIGTERM, handler)
    ready.set()
    while True:
        time.sleep(3600)


def right_handler_that_exits():
    ready, value = mp.Event(), mp.Value("i", 0)
    process = started(exit_on_signal, ready, value, 3)
    ready.wait()
    process.terminate()
    process.join()
    return (process.exitcode, value.value) == (3, 7)


def note_and_go_on(ready, items):
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    ready.set()
    items.get()


def wrong_handler_that_only_notes():
    ready, items = mp.Event(), mp.Queue()
    process = started(note_and_go_on, ready, items)
    ready.wait()
    process.terminate()
    process.join()
    return True


def poll_until_told(ready, items, done):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    ready.set()
    while not told:
        try:
            item = items.get(timeout=1)
        except queue.Empty:
            continue
        with done.get_lock():
            done.value += item


def right_finishes_the_item_in_hand():
    ready, items, done = mp.Event(), mp.Queue(), mp.Value("i", 0)
    process = started(poll_until_told, ready, items, done)
    ready.wait()
    items.put(5)
    process.terminate()
    process.join()
    return process.exitcode == 0 and done.value in (0, 5)


def wrong_loses_the_item_in_hand():
    items, done = mp.SimpleQueue(), mp.Value("i", 0)
    process = started(take_all, items, done)
    items.put(5)
    process.terminate()
    process.join()
    return done.value + (0 if items.empty() else items.get()) == 5


def take_all(items, done):
    while True:
        item = items.get()
        done.value += item


def wrong_terminate_without_join():
    value = mp.Value("i", 0)
    process = started(exit_slowly, value)
    process.terminate()
    return not process.is_alive()


def exit_slowly(value):
    def handler(number, frame):
        value.value = 1
        sys.exit(0)

    signal.signal(signal.SIGTERM, handler)
    value.value = 2


def wrong_exit_code_of_one_that_runs():
    value = mp.Value("i", 0)
    process = started(write, value)
    code = process.exitcode
    process.join()
    return code == 0


def right_kill_by_number():
    process = started(time.sleep, 3600)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return process.exitcode == -9


def right_signal_to_itself():
    told = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: told.append(number))
    signal.raise_signal(signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)
    return told == [signal.SIGUSR1] * 2


def outside_alarm():
    signal.alarm(1)


def end_between_two_steps(ready):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(5))
    ready.set()
    time.sleep(1)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def outside_blocked_signal():
    ready = mp.Event()
    process = started(end_between_two_steps, ready)
    ready.wait()
    process.terminate()
    process.join()
    return process.exitcode == 5


def outside_signal_to_a_stranger():
    os.kill(1, signal.SIGTERM)


def add_and_exit(value, lock, over):
    with lock:
        value.value += 1
    if over is not None:
        over.set()
    os._exit(0)


def right_exits_at_once():
    value, lock = mp.Value("i", 0, lock=False), mp.Lock()
    processes = [started(add_and_exit, value, lock, None) for _ in range(2)]
    for process in processes:
        process.join()
    with lock:
        return value.value == 2


def right_exits_at_once_after_an_event():
    value, lock, over = mp.Value("i", 0, lock=False), mp.Lock(), mp.Event()
    process = started(add_and_exit, value, lock, over)
    over.wait()
    process.join()
    return value.value == 1


def put_and_exit(items, slots):
    items.put(7)
    slots.release()
    os._exit(0)


def right_exits_at_once_after_giving():
    items, slots = mp.SimpleQueue(), mp.Semaphore(0)
    process = started(put_and_exit, items, slots)
    slots.acquire()
    process.join()
    return items.get() == 7 and slots.get_value() == 0


def take_and_exit(lock):
    lock.acquire()
    os._exit(0)


def wrong_exits_with_the_lock():
    lock = mp.Lock()
    started(take_and_exit, lock).join()
    with lock:
        return True


def right_start_that_raises():
    process = started(write, mp.Value("i", 0))
    process.join()
    try:
        process.start()
    except AssertionError:
        return True
    return False


def outside_waits_for_a_sentinel_by_select():
    process = started(write, mp.Value("i", 0))
    ready = select.select([process.sentinel], [], [], 30)[0]
    process.join()
    return ready == [process.sentinel]


def outside_waits_for_an_event_of_its_thread():
    process = started(write, mp.Value("i", 0))
    threading.Event().wait(5)
    alive = process.is_alive()
    process.join()
    return not alive


def outside_sleeps_in_asyncio():
    import asyncio

    process = started(write, mp.Value("i", 0))
    asyncio.run(asyncio.sleep(0.01))
    process.join()
    return True


def right_starts_once():
    process = started(time.sleep, 1)
    try:
        process.start()
    except AssertionError:
        process.join()
        return process.exitcode == 0
    return False


def end_as_told_by_the_first_handler(ready):
    told = []
    signal.signal(signal.SIGTERM, lambda *_: told.append("first"))
    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda number, frame: (before(number, frame), told.append("second")))
    ready.set()
    while len(told) < 2:
        time.sleep(0.1)
    signal.signal(signal.SIGTERM, before)
    sys.exit(4 if signal.getsignal(signal.SIGTERM) is before else 5)


def right_handler_that_calls_the_one_before():
    ready = mp.Event()
    process = started(end_as_told_by_the_first_handler, ready)
    ready.wait()
    process.terminate()
    process.join()
    return process.exitcode == 4


def sleep_unless_interrupted(ready):
    try:
        ready.set()
        time.sleep(3600)
    except KeyboardInterrupt:
        sys.exit(6)


def right_interrupt():
    ready = mp.Event()
    process = started(sleep_unless_interrupted, ready)
    ready.wait()
    time.sleep(1)
    os.kill(process.pid, signal.SIGINT)
    process.join()
    return process.exitcode == 6


def join_stranger(stranger, refusals):
    try:
        stranger.join()
    except AssertionError:
        refusals.put(True)


def right_join_of_a_stranger_is_refused():
    refusals, gate = mp.SimpleQueue(), mp.Event()
    stranger = started(gate.wait)
    other = started(join_stranger, stranger, refusals)
    refused = refusals.get()
    gate.set()
    stranger.join()
    other.join()
    return refused
