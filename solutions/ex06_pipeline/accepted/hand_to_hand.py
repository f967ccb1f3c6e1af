"""Right: pipes: the consumer asks for each item, so nothing is made before it is wanted."""

import multiprocessing
from multiprocessing.connection import wait


def produce(tasks, source, lock):
    for item in source:
        tasks.put(("item", item))
    tasks.put(("last", None))


def consume(tasks, line, work, lock, ended, sources):
    while True:
        with lock:
            if ended.value == sources:
                break
            kind, item = tasks.get()
            if kind == "last":
                ended.value += 1
                continue
        try:
            answer = (True, work(item))
        except Exception as error:
            answer = (False, error)
        line.send(answer)
    line.close()


def pipeline(sources, work, consumers):
    tasks = multiprocessing.Queue()
    lock = multiprocessing.Lock()
    ended = multiprocessing.Value("i", 0, lock=False)
    processes = [multiprocessing.Process(target=produce, args=(tasks, source, lock)) for source in sources]
    lines = []
    for process in processes:
        process.start()
    for _ in range(consumers):
        mine, theirs = multiprocessing.Pipe(duplex=False)
        args = (tasks, theirs, work, lock, ended, len(sources))
        process = multiprocessing.Process(target=consume, args=args)
        process.start()
        theirs.close()
        processes.append(process)
        lines.append(mine)
    answers = []
    while lines:
        for line in wait(lines):
            try:
                answers.append(line.recv())
            except EOFError:
                lines.remove(line)
                line.close()
    for process in processes:
        process.join()
    failures = [value for good, value in answers if not good]
    if failures:
        raise failures[0]
    return [value for _, value in answers]


def make_on_demand(make, line):
    while (number := line.recv()) is not None:
        try:
            line.send((True, make(number)))
        except Exception as error:
            line.send((False, error))


def work_on_demand(work, line):
    while (box := line.recv()) is not None:
        try:
            line.send((True, work(box[0])))
        except Exception as error:
            line.send((False, error))


def ask(line, question):
    line.send(question)
    good, value = line.recv()
    if not good:
        raise value
    return value


def paced_pipeline(make, count, work, capacity):
    maker, at_maker = multiprocessing.Pipe()
    worker, at_worker = multiprocessing.Pipe()
    processes = [
        multiprocessing.Process(target=make_on_demand, args=(make, at_maker)),
        multiprocessing.Process(target=work_on_demand, args=(work, at_worker)),
    ]
    for process in processes:
        process.start()
    try:
        return [ask(worker, [ask(maker, number)]) for number in range(count)]
    finally:
        maker.send(None)
        worker.send(None)
        for process in processes:
            process.join()
