"""Right: consumers count down what is left; a semaphore lets an item begin only when another one is done."""

import multiprocessing


class Producer(multiprocessing.Process):
    def __init__(self, tasks, source):
        super().__init__()
        self.tasks, self.source = tasks, source

    def run(self):
        for item in self.source:
            self.tasks.put(item)


class Consumer(multiprocessing.Process):
    def __init__(self, tasks, results, work, left):
        super().__init__()
        self.tasks, self.results, self.work, self.left = tasks, results, work, left

    def run(self):
        while self.has_ticket():
            item = self.tasks.get()
            try:
                answer = True, self.work(item)
            except Exception as error:
                answer = False, error
            self.results.put(answer)

    def has_ticket(self):
        with self.left.get_lock():
            self.left.value -= 1
            return self.left.value >= 0


def pipeline(sources, work, consumers):
    count = sum(map(len, sources))
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    left = multiprocessing.Value("q", count)
    everybody = [Producer(tasks, source) for source in sources]
    everybody += [Consumer(tasks, results, work, left) for _ in range(consumers)]
    for process in everybody:
        process.start()
    answers = [results.get() for _ in range(count)]
    for process in everybody:
        process.join()
    for good, value in answers:
        if not good:
            raise value
    return [value for _, value in answers]


def produce(make, count, places, tasks, stop):
    for number in range(count):
        places.acquire()
        if stop.is_set():
            return
        try:
            item = True, make(number)
        except Exception as error:
            item = False, error
        tasks.put(item)
        if not item[0]:
            return


def consume(work, count, places, tasks, results, stop):
    for _ in range(count):
        good, item = tasks.get()
        if good:
            try:
                item = work(item)
            except Exception as error:
                good, item = False, error
        results.put((good, item))
        if not good:
            stop.set()
        places.release()
        if not good:
            return


def paced_pipeline(make, count, work, capacity):
    places, stop = multiprocessing.Semaphore(capacity), multiprocessing.Event()
    tasks, results = multiprocessing.SimpleQueue(), multiprocessing.Queue()
    maker = multiprocessing.Process(target=produce, args=(make, count, places, tasks, stop))
    worker = multiprocessing.Process(target=consume, args=(work, count, places, tasks, results, stop))
    maker.start()
    worker.start()
    found, failure = [], None
    while len(found) < count and failure is None:
        good, value = results.get()
        if good:
            found.append(value)
        else:
            failure = value
    worker.join()
    while maker.is_alive() and failure is not None:
        if tasks.empty():
            maker.join(0.02)
        else:
            tasks.get()
    maker.join()
    if failure is not None:
        raise failure
    return found
