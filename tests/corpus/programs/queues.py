"""Programs around Queue, JoinableQueue and SimpleQueue; each returns whether it kept its promise."""

import multiprocessing as mp
import queue
import random
import time

WRONG = {
    "wrong_empty_means_done": "failed",
    "wrong_looks_right_after_putting": "failed",
    "wrong_order_of_two_producers": "failed",
    "wrong_quiet_means_done": "failed",
    "wrong_drops_what_does_not_fit": "failed",
    "wrong_done_too_often": "failed",
    "wrong_ends_before_the_feeder": "failed",
    "wrong_missing_sentinel": "hung",
    "wrong_one_sentinel_for_two": "hung",
    "wrong_join_before_drain": "hung",
    "wrong_not_done": "hung",
    "wrong_two_silent_partners": "hung",
    "wrong_naps_at_random": "failed",
}


def put_all(items, numbers):
    for number in numbers:
        items.put(number)


def right_takes_as_many_as_were_put():
    items = mp.Queue()
    producer = mp.Process(target=put_all, args=(items, [1, 2]))
    producer.start()
    got = [items.get(), items.get()]
    producer.join()
    return got == [1, 2]


def take_until_none(items, total):
    while (item := items.get()) is not None:
        with total.get_lock():
            total.value += item


def right_sentinel():
    items, total = mp.Queue(), mp.Value("i", 0)
    consumer = mp.Process(target=take_until_none, args=(items, total))
    consumer.start()
    put_all(items, [3, 4, None])
    consumer.join()
    return total.value == 7


def wrong_missing_sentinel():
    items, total = mp.Queue(), mp.Value("i", 0)
    consumer = mp.Process(target=take_until_none, args=(items, total))
    consumer.start()
    put_all(items, [3])
    consumer.join()
    return total.value == 3


def wrong_one_sentinel_for_two():
    items, total = mp.Queue(), mp.Value("i", 0)
    consumers = [mp.Process(target=take_until_none, args=(items, total)) for _ in range(2)]
    for consumer in consumers:
        consumer.start()
    put_all(items, [3, None])
    for consumer in consumers:
        consumer.join()
    return total.value == 3


def put_and_end(items, value):
    items.cancel_join_thread()
    items.put(value)


def wrong_ends_before_the_feeder():
    items = mp.Queue()
    producer = mp.Process(target=put_and_end, args=(items, 7))
    producer.start()
    producer.join()
    return not items.empty() and items.get() == 7


def put_and_wait_for_feeder(items, value):
    items.cancel_join_thread()
    items.put(value)
    while items.empty():
        time.sleep(1)


def right_waits_for_the_feeder_itself():
    items = mp.Queue()
    producer = mp.Process(target=put_and_wait_for_feeder, args=(items, 7))
    producer.start()
    producer.join()
    return items.get() == 7


def take_until_empty(items, total):
    while not items.empty():
        total.value += items.get()


def wrong_empty_means_done():
    items, total = mp.Queue(), mp.Value("i", 0)
    consumer = mp.Process(target=take_until_empty, args=(items, total))
    items.put(5)
    consumer.start()
    consumer.join()
    return total.value == 5


def wrong_looks_right_after_putting():
    items = mp.Queue()
    items.put(5)
    return items.get_nowait() == 5


def right_waits_after_putting():
    items = mp.Queue()
    items.put(5)
    return items.get(timeout=1) == 5


def wrong_order_of_two_producers():
    items = mp.Queue()
    producers = [mp.Process(target=put_all, args=(items, [number])) for number in (1, 2)]
    for producer in producers:
        producer.start()
    got = [items.get(), items.get()]
    for producer in producers:
        producer.join()
    return got == [1, 2]


def right_any_order_of_two_producers():
    items = mp.SimpleQueue()
    producers = [mp.Process(target=put_all, args=(items, [number])) for number in (1, 2)]
    for producer in producers:
        producer.start()
    got = [items.get(), items.get()]
    for producer in producers:
        producer.join()
    return sorted(got) == [1, 2]


def put_late(items, seconds):
    items.put(1)
    time.sleep(seconds)
    items.put(2)


def take_until_quiet(items, seconds):
    got = []
    try:
        while True:
            got.append(items.get(timeout=seconds))
    except queue.Empty:
        return got


def wrong_quiet_means_done():
    items = mp.Queue()
    producer = mp.Process(target=put_late, args=(items, 60))
    producer.start()
    got = take_until_quiet(items, 5)
    producer.join()
    return got == [1, 2]


def right_quiet_for_long():
    items = mp.Queue()
    producer = mp.Process(target=put_late, args=(items, 60))
    producer.start()
    got = take_until_quiet(items, 61)
    producer.join()
    return got == [1, 2]


def put_or_drop(items, numbers):
    for number in numbers:
        try:
            items.put(number, block=False)
        except queue.Full:
            continue
    items.put(None)


def wrong_drops_what_does_not_fit():
    items, total = mp.Queue(1), mp.Value("i", 0)
    producer = mp.Process(target=put_or_drop, args=(items, [3, 4]))
    producer.start()
    take_until_none(items, total)
    producer.join()
    return total.value == 7


def right_waits_until_it_fits():
    items, total = mp.Queue(1), mp.Value("i", 0)
    producer = mp.Process(target=put_all, args=(items, [3, 4, None]))
    producer.start()
    take_until_none(items, total)
    producer.join()
    return total.value == 7


def right_full_is_told_after_the_limit():
    items = mp.Queue(1)
    items.put(1)
    began = time.monotonic()
    try:
        items.put(2, timeout=30)
    except queue.Full:
        return 30 <= time.monotonic() - began < 31 and items.get() == 1
    return False


def wrong_join_before_drain():
    items = mp.Queue(1)
    producer = mp.Process(target=put_all, args=(items, [1, 2]))
    producer.start()
    producer.join()
    return [items.get(), items.get()] == [1, 2]


def work(items, times_done, results):
    while (item := items.get()) is not None:
        results.value += item
        for _ in range(times_done):
            items.task_done()
    items.task_done()


def joined(times_done):
    items, results = mp.JoinableQueue(), mp.Value("i", 0)
    worker = mp.Process(target=work, args=(items, times_done, results))
    worker.start()
    put_all(items, [5, None])
    items.join()
    seen = results.value
    worker.join()
    return seen == 5 and worker.exitcode == 0


def right_joinable():
    return joined(times_done=1)


def wrong_not_done():
    return joined(times_done=0)


def wrong_done_too_often():
    return joined(times_done=3)


def answer(questions, answers):
    answers.put(questions.get() + 1)


def right_two_simple_queues():
    questions, answers = mp.SimpleQueue(), mp.SimpleQueue()
    partner = mp.Process(target=answer, args=(questions, answers))
    partner.start()
    questions.put(1)
    got = answers.get()
    partner.join()
    return got == 2


def wrong_two_silent_partners():
    questions, answers = mp.SimpleQueue(), mp.SimpleQueue()
    partner = mp.Process(target=answer, args=(questions, answers))
    partner.start()
    got = answers.get()
    questions.put(1)
    partner.join()
    return got == 2


def right_one_that_cannot_be_pickled_makes_room():
    """The feeder loses it, says so, and gives its place back."""
    queue = mp.Queue(1)
    queue.put(lambda: None)
    queue.put(2)
    item = queue.get()
    queue.close()
    queue.join_thread()
    return item == 2


def refused(kind, operation, *arguments, **keywords):
    try:
        operation(*arguments, **keywords)
    except kind:
        return True
    return False


def right_is_refused_what_it_closed():
    items, one, simple = mp.Queue(), mp.Queue(1), mp.SimpleQueue()
    one.put(1)
    told_before = items.empty(), one.full(), simple.empty()
    for each in (items, one, simple):
        each.close()
    refusals = [
        refused(ValueError, items.get),
        refused(ValueError, items.put, 1),
        refused(ValueError, one.put_nowait, obj=2),
        refused(OSError, simple.get),
        refused(OSError, simple.put, obj=1),
    ]
    return told_before == (True, True, True) and all(refusals)


def right_calls_by_keyword():
    items = mp.JoinableQueue(1)
    items.put_nowait(obj=1)
    full = refused(queue.Full, items.put, obj=2, block=True, timeout=-1)
    got = items.get(block=True, timeout=None)
    return full and got == 1 and refused(queue.Empty, items.get, timeout=-1)


def nap_then_put(items, number):
    time.sleep(random.uniform(0.0, 0.01))
    items.put(number)


def two_after_a_nap():
    items = mp.Queue()
    workers = [mp.Process(target=nap_then_put, args=(items, number)) for number in (1, 2)]
    for worker in workers:
        worker.start()
    got = [items.get(), items.get()]
    for worker in workers:
        worker.join()
    return got


def wrong_naps_at_random():
    return two_after_a_nap() == two_after_a_nap() == [2, 1]


def right_naps_at_random():
    return sorted(two_after_a_nap()) == [1, 2]
