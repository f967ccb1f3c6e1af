"""Programs around what a Manager serves; each returns whether it kept its promise."""

import multiprocessing as mp

WRONG = {
    "wrong_plus_on_a_dict": "failed",
    "wrong_empty_means_done": "failed",
    "wrong_never_put": "hung",
    "wrong_taken_twice": "hung",
}
OUTSIDE = {
    "outside_event": "Event.wait() of a manager",
    "outside_made_elsewhere": "an object of a manager that another process made",
}


def together(target, *argument_lists):
    processes = [mp.Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def add(numbers):
    numbers["n"] += 1


def add_locked(numbers, lock):
    with lock:
        numbers["n"] += 1


def right_lock_around_a_dict():
    with mp.Manager() as manager:
        numbers, lock = manager.dict(n=0), manager.Lock()
        together(add_locked, (numbers, lock), (numbers, lock))
        return numbers["n"] == 2


def wrong_plus_on_a_dict():
    with mp.Manager() as manager:
        numbers = manager.dict(n=0)
        together(add, (numbers,), (numbers,))
        return numbers["n"] == 2


def put(items, number):
    items.put(number)


def right_queue():
    with mp.Manager() as manager:
        items = manager.Queue()
        producer = mp.Process(target=put, args=(items, 5))
        producer.start()
        got = items.get()
        producer.join()
        return got == 5


def wrong_empty_means_done():
    with mp.Manager() as manager:
        items = manager.Queue()
        producer = mp.Process(target=put, args=(items, 5))
        producer.start()
        got = None if items.empty() else items.get()
        producer.join()
        return got == 5


def right_iterates():
    with mp.Manager() as manager:
        numbers = manager.dict(a=1, b=2)
        return sorted(numbers.keys()) == sorted(key for key in numbers) == ["a", "b"]


def append(rows, index):
    rows[index].append(index)


def right_dict_of_lists():
    with mp.Manager() as manager:
        rows = manager.list([manager.list(), manager.list()])
        together(append, (rows, 0), (rows, 1))
        return [list(row) for row in rows] == [[0], [1]]


def wrong_never_put():
    with mp.Manager() as manager:
        return manager.Queue().get() == 5


def wrong_taken_twice():
    with mp.Manager() as manager:
        lock = manager.Lock()
        with lock, lock:
            return True


def outside_event():
    with mp.Manager() as manager:
        manager.Event().wait()


def make_list(manager, rows):
    rows.append(manager.list([5]))


def outside_made_elsewhere():
    with mp.Manager() as manager:
        rows = manager.list()
        together(make_list, (manager, rows))
        return rows[0][0] == 5


def refused(operation, *arguments, **keywords):
    try:
        operation(*arguments, **keywords)
    except (ValueError, TypeError):
        return True
    return False


def right_is_refused_wrong_limits():
    with mp.Manager() as manager:
        items, lock, slots = manager.Queue(1), manager.Lock(), manager.Semaphore(0)
        refusals = [
            refused(items.get, timeout=-1),
            refused(items.put, 1, True, -0.5),
            refused(items.put),
            refused(items.put, 1, True, None, None),
            refused(lock.acquire, False, 1),
            refused(lock.acquire, True, -2),
            refused(slots.acquire, False, 1),
        ]
        taken = [lock.acquire(timeout=-1), slots.acquire(timeout=-1)]
        return all(refusals) and taken == [True, False]


def hold_until_told(lock, told):
    with lock:
        told.get()


def right_limit_that_is_none():
    with mp.Manager() as manager:
        lock, told = manager.Lock(), mp.SimpleQueue()
        lock.acquire()
        other = mp.Process(target=hold_until_told, args=(lock, told))
        other.start()
        told.put(None)
        lock.release()
        got = lock.acquire(timeout=-1)
        lock.release()
        other.join()
        return got
