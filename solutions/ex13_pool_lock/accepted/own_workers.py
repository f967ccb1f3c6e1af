"""A pool of my own: processes that get the lock as an argument, tasks and results in queues."""

import multiprocessing as mp


def serve(prepare, commit, lock, tasks, results):
    for number, item in iter(tasks.get, None):
        try:
            draft = prepare(item)
            with lock:
                value = commit(draft)
            results.put((number, None, value))
        except Exception as error:
            results.put((number, error, None))


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock, tasks, results = mp.RLock(), mp.Queue(), mp.Queue()
    processes = [mp.Process(target=serve, args=(prepare, commit, lock, tasks, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    for pair in enumerate(items):
        tasks.put(pair)
    for _ in processes:
        tasks.put(None)
    answers = [results.get() for _ in items]
    for process in processes:
        process.join()
    for _, error, _ in answers:
        if error is not None:
            raise error
    return [value for _, _, value in sorted(answers, key=lambda answer: answer[0])]
