"""Programs that let threads or pools run beside; each returns whether it kept its promise."""

import concurrent.futures
import multiprocessing as mp
import multiprocessing.pool
import threading
import time

WRONG = {
    "wrong_adds_what_a_pool_computed": "failed",
    "wrong_adds_what_a_thread_computed": "failed",
    "wrong_order_of_two_that_use_pools": "failed",
}
OUTSIDE = {
    "outside_pool_uses_a_value": "read value-1 by a thread or process that takes no turns",
    "outside_thread_uses_a_lock": "acquire lock-1 by a thread or process that takes no turns",
    "outside_executor_puts_on_a_queue": "put queue-1 by a thread or process that takes no turns",
    "outside_waits_beside_a_thread": "waiting for a thread or process that takes no turns",
    "outside_timer_ends_a_sleeper": "waiting for a thread or process that takes no turns",
    "outside_thread_sleeps": "sleep clock by a thread or process that takes no turns",
}


def square(number):
    return number * number


def by_pool(numbers):
    with mp.Pool(2) as pool:
        return pool.map(square, numbers)


def by_executor(numbers):
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        return list(pool.map(square, numbers))


def by_threads(numbers):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(square, numbers))


def by_thread_pool(numbers):
    with multiprocessing.pool.ThreadPool(2) as pool:
        return pool.map(square, numbers)


def right_pool():
    return by_pool([1, 2, 3]) == [1, 4, 9]


def right_executor():
    return by_executor([1, 2, 3]) == [1, 4, 9]


def right_thread_pool():
    return by_thread_pool([1, 2, 3]) == [1, 4, 9]


def add_computed(counter, lock, compute):
    for result in compute([2, 3]):
        with lock:
            counter.value += result


def add_computed_unlocked(counter, lock, compute):
    for result in compute([2, 3]):
        counter.value += result


def added(add, compute):
    counter, lock = mp.Value("i", 0, lock=False), mp.Lock()
    processes = [mp.Process(target=add, args=(counter, lock, compute)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counter.value == 26


def right_adds_what_threads_computed():
    return added(add_computed, by_threads)


def wrong_adds_what_a_thread_computed():
    return added(add_computed_unlocked, by_threads)


def wrong_adds_what_a_pool_computed():
    return added(add_computed_unlocked, by_pool)


def put_computed(items, number):
    items.put(by_threads([number])[0])


def order_of_two():
    items = mp.SimpleQueue()
    processes = [mp.Process(target=put_computed, args=(items, number)) for number in (2, 3)]
    for process in processes:
        process.start()
    got = [items.get(), items.get()]
    for process in processes:
        process.join()
    return got


def right_any_order_of_two_that_use_threads():
    return sorted(order_of_two()) == [4, 9]


def wrong_order_of_two_that_use_pools():
    return order_of_two() == [4, 9]


VALUES = []


def read_value(_number):
    return VALUES[0].value


def outside_pool_uses_a_value():
    VALUES.append(mp.Value("i", 7))
    with mp.Pool(1) as pool:
        return pool.map(read_value, [0]) == [7]


def outside_thread_uses_a_lock():
    lock = mp.Lock()
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join()
    return True


def outside_executor_puts_on_a_queue():
    items = mp.Queue()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(items.put, 5)
    return items.get() == 5


def outside_waits_beside_a_thread():
    stop, lock = threading.Event(), mp.Lock()
    thread = threading.Thread(target=stop.wait, daemon=True)
    thread.start()
    with lock, lock:
        return True


def outside_thread_sleeps():
    thread = threading.Thread(target=time.sleep, args=(0,))
    thread.start()
    thread.join()
    return True


def outside_timer_ends_a_sleeper():
    sleeper = mp.Process(target=time.sleep, args=(1000,))
    sleeper.start()
    timer = threading.Timer(0.2, sleeper.kill)
    timer.start()
    sleeper.join()
    timer.join()
    return sleeper.exitcode == -9
