# Counts with threads of one process.
import threading


def count_together(workers, times):
    total = [0]
    lock = threading.Lock()

    def add():
        for _ in range(times):
            with lock:
                total[0] += 1

    threads = [threading.Thread(target=add) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total[0]
