"""Programs around Event, Condition, Process and time; each returns whether it kept its promise."""

import multiprocessing as mp
import time

WRONG = {
    "wrong_nobody_sets_it": "hung",
    "wrong_waits_without_looking": "hung",
    "wrong_notifies_one_of_two": "hung",
    "wrong_sets_before_it_writes": "failed",
    "wrong_sleeps_instead_of_joining": "failed",
    "wrong_does_not_join": "failed",
    "wrong_asks_once_whether_it_lives": "failed",
    "wrong_wakes_at_once": "failed",
    "wrong_spins_for_ever": "hung",
}
OUTSIDE = {
    "outside_counts_for_ever": "more than 3000 operations in one schedule",
    "outside_subprocess": "a subprocess",
    "outside_spawn": "a process started by spawn",
}


def write_then_set(value, ready):
    value.value = 7
    ready.set()


def set_then_write(value, ready):
    ready.set()
    value.value = 7


def wait_for(target):
    value, ready = mp.Value("i", 0), mp.Event()
    writer = mp.Process(target=target, args=(value, ready))
    writer.start()
    ready.wait()
    seen = value.value
    writer.join()
    return seen == 7


def right_event():
    return wait_for(write_then_set)


def wrong_sets_before_it_writes():
    return wait_for(set_then_write)


def look(value, ready):
    value.value = 7


def wrong_nobody_sets_it():
    return wait_for(look)


def right_event_with_time_limit():
    ready = mp.Event()
    began = time.monotonic()
    came = ready.wait(3600)
    return not came and 3600 <= time.monotonic() - began < 3601


def fill(stock, condition, *, everybody):
    with condition:
        stock.value = 2
        if everybody:
            condition.notify_all()
        else:
            condition.notify()


def take_when_there(stock, condition):
    with condition:
        condition.wait_for(lambda: stock.value > 0)
        stock.value -= 1


def take_when_told(stock, condition):
    with condition:
        condition.wait()
        stock.value -= 1


def stocked(takers, target, *, everybody=True):
    stock, condition = mp.Value("i", 0, lock=False), mp.Condition()
    processes = [mp.Process(target=target, args=(stock, condition)) for _ in range(takers)]
    for process in processes:
        process.start()
    fill(stock, condition, everybody=everybody)
    for process in processes:
        process.join()
    return stock.value == 2 - takers


def right_condition():
    return stocked(1, take_when_there)


def wrong_waits_without_looking():
    return stocked(1, take_when_told)


def wrong_notifies_one_of_two():
    return stocked(2, take_when_there, everybody=False)


def write_late(value, seconds):
    time.sleep(seconds)
    value.value = 7


def right_hour_of_sleep():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 3600))
    writer.start()
    writer.join()
    return value.value == 7


def right_join_with_time_limit():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 10))
    writer.start()
    writer.join(5)
    early = writer.is_alive()
    writer.join(60)
    return early and not writer.is_alive() and writer.exitcode == 0 and value.value == 7


def wrong_sleeps_instead_of_joining():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 2))
    writer.start()
    time.sleep(1)
    seen = value.value
    writer.join()
    return seen == 7


def wrong_does_not_join():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 0))
    writer.start()
    seen = value.value
    writer.join()
    return seen == 7


def wrong_asks_once_whether_it_lives():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 0))
    writer.start()
    if writer.is_alive():
        return value.value == 0
    writer.join()
    return value.value == 7


def right_spins_until_it_is_set():
    value, ready = mp.Value("i", 0), mp.Event()
    writer = mp.Process(target=write_then_set, args=(value, ready))
    writer.start()
    while not ready.is_set():
        pass
    writer.join()
    return value.value == 7


def right_waits_by_the_clock():
    end = time.monotonic() + 2
    looks = 0
    while time.monotonic() < end:
        looks += 1
    return looks > 0


def sleep_then_add(counter, seconds):
    time.sleep(seconds)
    counter.value += 1


def added_after(*pauses):
    counter = mp.Value("i", 0)
    adders = [mp.Process(target=sleep_then_add, args=(counter, pause)) for pause in pauses]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    return counter.value == len(pauses)


def wrong_wakes_at_once():
    return added_after(5, 5)


def right_wakes_one_after_the_other():
    return added_after(5, 65)


def right_spins_beside_a_sleeper():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 60))
    writer.start()
    while value.value == 0:
        pass
    writer.join()
    return value.value == 7


def right_polls_by_the_clock():
    value = mp.Value("i", 0)
    writer = mp.Process(target=write_late, args=(value, 1))
    writer.start()
    end = time.monotonic() + 5
    while value.value == 0 and time.monotonic() < end:
        pass
    seen = value.value
    writer.join()
    return seen == 7


def wrong_spins_for_ever():
    ready = mp.Event()
    while not ready.is_set():
        pass


def outside_counts_for_ever():
    ready, looks = mp.Event(), 0
    while not ready.is_set():
        looks += 1


def outside_subprocess():
    import subprocess

    return subprocess.run(["true"], check=False).returncode == 0


def outside_spawn():
    process = mp.get_context("spawn").Process(target=abs, args=(1,))
    process.start()
    process.join()
