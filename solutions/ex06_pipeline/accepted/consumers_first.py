"""Begins with the consumers; end marks follow when every item has been acknowledged."""

from multiprocessing import BoundedSemaphore, Event, JoinableQueue, Process, Queue


class Producer(Process):
    def __init__(self, source, channel):
        super().__init__()
        self.source, self.channel = source, channel

    def run(self):
        for item in self.source:
            self.channel.put((item,))


class Consumer(Process):
    def __init__(self, work, channel, results):
        super().__init__()
        self.work, self.channel, self.results = work, channel, results

    def run(self):
        while (box := self.channel.get()) is not None:
            try:
                self.results.put((True, self.work(*box)))
            except Exception as error:
                self.results.put((False, error))
            self.channel.task_done()
        self.channel.task_done()


def pipeline(sources, work, consumers):
    channel, results = JoinableQueue(), Queue()
    producers = [Producer(source, channel) for source in sources]
    takers = [Consumer(work, channel, results) for _ in range(consumers)]
    for process in [*takers, *producers]:
        process.start()
    pairs = [results.get() for source in sources for _ in source]
    for producer in producers:
        producer.join()
    channel.join()
    for _ in takers:
        channel.put(None)
    for taker in takers:
        taker.join()
    channel.close()
    channel.join_thread()
    results.close()
    results.join_thread()
    for good, value in pairs:
        if not good:
            raise value
    return [value for _, value in pairs]


class Maker(Process):
    def __init__(self, make, count, room, channel, stopped):
        super().__init__()
        self.make, self.count, self.room, self.channel, self.stopped = make, count, room, channel, stopped

    def run(self):
        for number in range(self.count):
            self.room.acquire()
            if self.stopped.is_set():
                break
            try:
                made = self.make(number)
            except Exception as error:
                self.channel.put(("error", error))
                return
            self.channel.put(("item", made))
        self.channel.put(("end", None))


class Worker(Process):
    def __init__(self, work, room, channel, stopped, results):
        super().__init__()
        self.work, self.room, self.channel, self.stopped, self.results = work, room, channel, stopped, results

    def run(self):
        failed = False
        while True:
            kind, value = self.channel.get()
            if kind == "item" and not failed:
                try:
                    self.results.put(("item", self.work(value)))
                except Exception as error:
                    self.results.put(("error", error))
                    self.stopped.set()
                    failed = True
                self.room.release()
            elif kind == "item":
                self.room.release()
            else:
                self.results.put((kind, value))
                break


def paced_pipeline(make, count, work, capacity):
    room, stopped = BoundedSemaphore(capacity + 1), Event()
    channel, results = Queue(), Queue()
    maker = Maker(make, count, room, channel, stopped)
    worker = Worker(work, room, channel, stopped, results)
    maker.start()
    worker.start()
    values, errors = [], []
    kind = "item"
    last = False
    while not last:
        kind, value = results.get()
        if kind == "item":
            values.append(value)
        elif kind == "error":
            errors.append(value)
            if len(errors) == 1 and not stopped.is_set():
                last = True
            elif len(errors) > 1:
                last = True
        else:
            last = True
    maker.join()
    worker.join()
    if errors:
        raise errors[0]
    return values
