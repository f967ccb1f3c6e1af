"""The caller grants the commits: a worker asks over its pipe, and waits until it is its turn."""

import multiprocessing
from collections import deque
from multiprocessing.connection import wait


def serve(connection, prepare, commit):
    for number, item in iter(connection.recv, None):
        fine, value = True, None
        try:
            draft = prepare(item)
            connection.send("may I?")
            connection.recv()
            value = commit(draft)
        except Exception as error:
            fine, value = False, error
        connection.send((number, fine, value))


def guarded_map(prepare, commit, items, workers: int) -> list:
    todo = deque(enumerate(items))
    ends, processes, idle, asking = [], [], [], deque()
    for _ in range(min(workers, len(todo))):
        mine, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=serve, args=(theirs, prepare, commit))
        process.start()
        theirs.close()
        ends.append(mine)
        processes.append(process)
    results, failure, committing = {}, None, None
    idle = list(ends)
    while len(results) < len(items):
        while idle and todo:
            idle.pop().send(todo.popleft())
        if asking and committing is None:
            committing = asking.popleft()
            committing.send("yes")
        for end in wait(ends):
            message = end.recv()
            if message == "may I?":
                asking.append(end)
                continue
            number, fine, value = message
            results[number] = value
            if not fine:
                failure = failure or value
            if end is committing:
                committing = None
            idle.append(end)
    for end in ends:
        end.send(None)
    for process, end in zip(processes, ends):
        process.join()
        end.close()
    if failure:
        raise failure
    return [results[number] for number in range(len(items))]
