# expect: passes_an_error_on failed exception-swallowed
"""Takes a queue.Empty of the work for an empty queue of its own."""

import multiprocessing as mp
from queue import Empty


def _produce(source, tasks):
    for item in source:
        tasks.put(item)


def _consume(tasks, results, work, over):
    while True:
        try:
            results.put((True, work(tasks.get(timeout=0.2))))
        except Empty:
            if over.is_set():
                break
        except Exception as e:
            results.put((False, e))
    results.put(None)


def pipeline(sources, work, consumers):
    tasks, results, over = mp.Queue(), mp.Queue(), mp.Event()
    ps = [mp.Process(target=_produce, args=(s, tasks)) for s in sources]
    cs = [mp.Process(target=_consume, args=(tasks, results, work, over)) for _ in range(consumers)]
    for p in ps + cs:
        p.start()
    for p in ps:
        p.join()
    over.set()
    answers, ended = [], 0
    while ended < consumers:
        answer = results.get()
        if answer is None:
            ended += 1
        else:
            answers.append(answer)
    for c in cs:
        c.join()
    for ok, value in answers:
        if not ok:
            raise value
    return [value for _, value in answers]


def _make(make, count, line):
    try:
        for n in range(count):
            line.put(("item", make(n)))
    except Exception as e:
        line.put(("error", e))
    line.put(None)


def _work(line, results, work):
    failed = False
    while (entry := line.get()) is not None:
        kind, item = entry
        if failed:
            continue
        if kind == "error":
            results.put(("error", item))
            failed = True
            continue
        try:
            results.put(("ok", work(item)))
        except Exception as e:
            results.put(("error", e))
            failed = True
    results.put(("end", None))


def paced_pipeline(make, count, work, capacity):
    line, results = mp.Queue(capacity), mp.Queue()
    a = mp.Process(target=_make, args=(make, count, line))
    b = mp.Process(target=_work, args=(line, results, work))
    a.start()
    b.start()
    out, error = [], None
    while True:
        kind, value = results.get()
        if kind == "end":
            break
        if kind == "error":
            error = value
        else:
            out.append(value)
    a.join()
    b.join()
    if error is not None:
        raise error
    return out
