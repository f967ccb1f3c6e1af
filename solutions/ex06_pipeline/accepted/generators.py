"""Right: a generator on either side, and a queue whose length is looked at before an item is begun."""

import multiprocessing
import time


def until_end(queue, ends=1):
    while ends:
        kind, value = queue.get()
        if kind == "end":
            ends -= 1
        else:
            yield kind, value


def send(queue, pairs):
    for pair in pairs:
        queue.put(pair)
    queue.put(("end", None))


def attempt(function, *args):
    try:
        return "good", function(*args)
    except Exception as error:
        return "bad", error


def produce(tasks, source):
    send(tasks, (("item", item) for item in source))


def consume(tasks, results, work):
    send(results, (attempt(work, item) for _, item in until_end(tasks)))


def collected(answers):
    answers = list(answers)
    for kind, value in answers:
        if kind == "bad":
            raise value
    return [value for _, value in answers]


def pipeline(sources, work, consumers):
    arriving, tasks, results = (multiprocessing.Queue() for _ in range(3))
    processes = [multiprocessing.Process(target=produce, args=(arriving, source)) for source in sources]
    processes += [multiprocessing.Process(target=consume, args=(tasks, results, work)) for _ in range(consumers)]
    for process in processes:
        process.start()
    for pair in until_end(arriving, ends=len(sources)):
        tasks.put(pair)
    for _ in range(consumers):
        tasks.put(("end", None))
    answers = list(until_end(results, ends=consumers))
    for process in processes:
        process.join()
    return collected(answers)


def make_all(make, count, capacity, tasks):
    def made():
        for number in range(count):
            while tasks.qsize() >= capacity:
                time.sleep(0.01)
            pair = attempt(make, number)
            yield pair
            if pair[0] == "bad":
                return

    send(tasks, made())


def work_all(work, tasks, results):
    failed = False
    for kind, item in until_end(tasks):
        if kind == "good" and not failed:
            kind, item = attempt(work, item)
        if not failed:
            results.put((kind, item))
        failed = failed or kind == "bad"
    results.put(("end", None))


def paced_pipeline(make, count, work, capacity):
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=make_all, args=(make, count, capacity, tasks)),
        multiprocessing.Process(target=work_all, args=(work, tasks, results)),
    ]
    for process in processes:
        process.start()
    answers = list(until_end(results))
    for process in processes:
        process.join()
    return collected(answers)
