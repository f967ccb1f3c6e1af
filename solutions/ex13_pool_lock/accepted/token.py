"""A queue with one token in it: who has the token may commit, and gives it back."""

import multiprocessing


class Token:
    def __init__(self, queue):
        self.queue = queue

    def __enter__(self):
        return self.queue.get()

    def __exit__(self, *_):
        self.queue.put("token")


def receive(queue):
    both.token = Token(queue)


def both(prepare, commit, item):
    draft = prepare(item)
    with both.token:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    queue.put("token")
    pool = context.Pool(workers, receive, (queue,))
    try:
        results = pool.starmap_async(both, [(prepare, commit, item) for item in items], chunksize=1).get()
    finally:
        pool.close()
        pool.join()
        queue.close()
    return results
