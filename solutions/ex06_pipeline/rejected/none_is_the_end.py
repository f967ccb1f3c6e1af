# expect: keeps_every_value failed lost-item
"""Wrong: None ends a consumer, although it may be an item."""

import multiprocessing


def produce(tasks, source):
    for item in source:
        tasks.put(item)


def consume(tasks, results, work):
    while True:
        item = tasks.get()
        if item is None:
            break
        try:
            results.put(("result", work(item)))
        except Exception as error:
            results.put(("error", error))
    results.put(("end", None))


def pipeline(sources, work, consumers):
    tasks = multiprocessing.Queue()
    results = multiprocessing.Queue()
    producers = [multiprocessing.Process(target=produce, args=(tasks, source)) for source in sources]
    workers = [multiprocessing.Process(target=consume, args=(tasks, results, work)) for _ in range(consumers)]
    for process in producers + workers:
        process.start()
    for process in producers:
        process.join()
    for _ in workers:
        tasks.put(None)
    found, errors, working = [], [], consumers
    while working:
        kind, value = results.get()
        if kind == "end":
            working -= 1
        else:
            (found if kind == "result" else errors).append(value)
    for process in workers:
        process.join()
    if errors:
        raise errors[0]
    return found


def make_all(make, count, tasks):
    try:
        for number in range(count):
            tasks.put(("item", make(number)))
        tasks.put(("end", None))
    except Exception as error:
        tasks.put(("end", error))


def work_all(work, tasks, results):
    failed = None
    while True:
        kind, item = tasks.get()
        if kind == "end":
            break
        if failed is None:
            try:
                results.put(("result", work(item)))
            except Exception as error:
                failed = error
    results.put(("end", failed or item))


def paced_pipeline(make, count, work, capacity):
    tasks = multiprocessing.Queue(capacity)
    results = multiprocessing.Queue()
    maker = multiprocessing.Process(target=make_all, args=(make, count, tasks))
    worker = multiprocessing.Process(target=work_all, args=(work, tasks, results))
    maker.start()
    worker.start()
    found = []
    while True:
        kind, value = results.get()
        if kind == "end":
            break
        found.append(value)
    maker.join()
    worker.join()
    if value is not None:
        raise value
    return found
