"""Right: two executors and a manager: consumers are tasks that run until the end mark."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

END = "end of", "everything"


def put_all(tasks, source):
    for item in source:
        tasks.put((0, item))


def take_all(tasks, work):
    results = []
    while True:
        kind, item = tasks.get()
        if kind:
            return results
        results.append(work(item))


def pipeline(sources, work, consumers):
    with multiprocessing.Manager() as manager:
        tasks = manager.Queue()
        producers = [multiprocessing.Process(target=put_all, args=(tasks, source)) for source in sources]
        for producer in producers:
            producer.start()
        with ProcessPoolExecutor(consumers) as executor:
            futures = [executor.submit(take_all, tasks, work) for _ in range(consumers)]
            for producer in producers:
                producer.join()
            for _ in futures:
                tasks.put((1, END))
        return [result for future in futures for result in future.result()]


def paced_pipeline(make, count, work, capacity):
    with ProcessPoolExecutor(1) as makers, ProcessPoolExecutor(1) as workers:
        made = [makers.submit(make, number) for number in range(min(count, capacity))]
        results = []
        for number in range(count):
            item = made[number].result()
            results.append(workers.submit(work, item).result())
            if len(made) < count:
                made.append(makers.submit(make, len(made)))
        return results
