# Waits for a process whose two megabytes nobody takes out of the queue.
import multiprocessing


def fill(queue):
    queue.put(b"x" * 2_000_000)


def count_together(workers, times):
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=fill, args=(queue,))
    process.start()
    process.join()
    return workers * times
