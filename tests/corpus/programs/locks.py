"""Programs around Lock, RLock, Semaphore and BoundedSemaphore; each returns whether it kept its promise."""

import multiprocessing as mp
import time

WRONG = {
    "wrong_polls_holding_what_the_other_polls_for": "hung",
    "wrong_without_lock": "failed",
    "wrong_lock_of_its_own": "failed",
    "wrong_reads_before_the_lock": "failed",
    "wrong_try_that_nobody_looks_at": "failed",
    "wrong_time_limit_that_nobody_looks_at": "failed",
    "wrong_semaphore_of_two": "failed",
    "wrong_released_once_too_often": "failed",
    "wrong_two_orders": "hung",
    "wrong_taken_twice": "hung",
    "wrong_not_released": "hung",
    "wrong_not_released_after_a_failure": "hung",
}


def together(target, *argument_lists):
    processes = [mp.Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def add(counter, lock):
    with lock:
        counter.value += 1


def right_lock():
    counter, lock = mp.Value("i", 0, lock=False), mp.Lock()
    together(add, (counter, lock), (counter, lock))
    return counter.value == 2


def give(semaphore):
    semaphore.release()


def right_looks_at_the_number_of_slots():
    semaphore = mp.Semaphore(0)
    process = mp.Process(target=give, args=(semaphore,))
    process.start()
    while semaphore.get_value() == 0:
        pass
    process.join()
    return semaphore.acquire(False)


def add_recursively(counter, lock, times):
    with lock:
        if times:
            counter.value += 1
            add_recursively(counter, lock, times - 1)


def right_recursive_lock():
    counter, lock = mp.Value("i", 0, lock=False), mp.RLock()
    together(add_recursively, (counter, lock, 1), (counter, lock, 1))
    return counter.value == 2


def wrong_taken_twice():
    counter, lock = mp.Value("i", 0, lock=False), mp.Lock()
    together(add_recursively, (counter, lock, 1))
    return counter.value == 1


def add_twice_locked(first, second, counter):
    with first, second:
        counter.value += 1


def right_one_order():
    counter, first, second = mp.Value("i", 0, lock=False), mp.Lock(), mp.Lock()
    together(add_twice_locked, (first, second, counter), (first, second, counter))
    return counter.value == 2


def wrong_two_orders():
    counter, first, second = mp.Value("i", 0, lock=False), mp.Lock(), mp.Lock()
    together(add_twice_locked, (first, second, counter), (second, first, counter))
    return counter.value == 2


def hold(lock, ready, seconds):
    with lock:
        ready.set()
        time.sleep(seconds)


def right_time_limit():
    lock, ready = mp.Lock(), mp.Event()
    holder = mp.Process(target=hold, args=(lock, ready, 3600))
    holder.start()
    ready.wait()
    began = time.monotonic()
    got = lock.acquire(timeout=1)
    waited = time.monotonic() - began
    holder.join()
    return not got and 1 <= waited < 2


def right_try():
    lock, ready = mp.Lock(), mp.Event()
    holder = mp.Process(target=hold, args=(lock, ready, 3600))
    holder.start()
    ready.wait()
    got = lock.acquire(block=False)
    holder.join()
    return not got and lock.acquire(block=False)


def add_or_give_up(counter, lock, skipped):
    if lock.acquire(block=False):
        counter.value += 1
        lock.release()
    else:
        with skipped.get_lock():
            skipped.value += 1


def right_try_that_is_looked_at():
    counter, lock, skipped = mp.Value("i", 0, lock=False), mp.Lock(), mp.Value("i", 0)
    together(add_or_give_up, (counter, lock, skipped), (counter, lock, skipped))
    return counter.value + skipped.value == 2


def add_after_a_try(counter, lock):
    got = lock.acquire(block=False)
    counter.value += 1
    if got:
        lock.release()


def wrong_try_that_nobody_looks_at():
    counter, lock = mp.Value("i", 0, lock=False), mp.Lock()
    together(add_after_a_try, (counter, lock), (counter, lock))
    return counter.value == 2


def add_slowly(counter, lock, seconds):
    lock.acquire(timeout=1)
    value = counter.value
    time.sleep(seconds)
    counter.value = value + 1
    lock.release()


def wrong_time_limit_that_nobody_looks_at():
    counter, lock = mp.Value("i", 0, lock=False), mp.BoundedSemaphore(2)
    lock.acquire()
    together(add_slowly, (counter, lock, 5), (counter, lock, 5))
    return counter.value == 2


def right_semaphore():
    counter, semaphore = mp.Value("i", 0), mp.Semaphore(2)
    together(enter_and_leave, (counter, semaphore, 2), (counter, semaphore, 2))
    return counter.value == 0


def enter_and_leave(counter, semaphore, most):
    with semaphore:
        with counter.get_lock():
            counter.value += 1
            assert counter.value <= most
        with counter.get_lock():
            counter.value -= 1


def right_bounded_semaphore():
    counter, semaphore = mp.Value("i", 0), mp.BoundedSemaphore(1)
    together(enter_and_leave, (counter, semaphore, 1), (counter, semaphore, 1))
    try:
        semaphore.release()
    except ValueError:
        return counter.value == 0
    return False


def wrong_semaphore_of_two():
    counter, lock = mp.Value("i", 0, lock=False), mp.Semaphore(2)
    together(add, (counter, lock), (counter, lock))
    return counter.value == 2


def wrong_released_once_too_often():
    semaphore = mp.BoundedSemaphore(1)
    with semaphore:
        semaphore.release()
    return True


class NoLock:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def wrong_without_lock():
    counter = mp.Value("i", 0, lock=False)
    together(add, (counter, NoLock()), (counter, NoLock()))
    return counter.value == 2


def add_with_a_lock_of_its_own(counter):
    with mp.Lock():
        counter.value += 1


def wrong_lock_of_its_own():
    counter = mp.Value("i", 0, lock=False)
    together(add_with_a_lock_of_its_own, (counter,), (counter,))
    return counter.value == 2


def read_then_lock(counter, lock):
    value = counter.value
    with lock:
        counter.value = value + 1


def wrong_reads_before_the_lock():
    counter, lock = mp.Value("i", 0, lock=False), mp.Lock()
    together(read_then_lock, (counter, lock), (counter, lock))
    return counter.value == 2


def take_and_keep(lock):
    lock.acquire()


def wrong_not_released():
    lock = mp.Lock()
    together(take_and_keep, (lock,), (lock,))
    return True


def divide(result, lock, divisor):
    lock.acquire()
    try:
        result.value = 10 // divisor
    except ZeroDivisionError:
        return
    lock.release()


def wrong_not_released_after_a_failure():
    result, lock = mp.Value("i", 0, lock=False), mp.Lock()
    together(divide, (result, lock, 0), (result, lock, 5))
    return result.value == 2


def ask_again_and_again(mine, other):
    with mine:
        while not other.acquire(timeout=0.1):
            pass
        other.release()


def wrong_polls_holding_what_the_other_polls_for():
    first, second = mp.Lock(), mp.Lock()
    workers = [mp.Process(target=ask_again_and_again, args=pair) for pair in ((first, second), (second, first))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return True
