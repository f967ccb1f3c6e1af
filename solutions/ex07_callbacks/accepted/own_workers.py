"""Worker processes that take tasks from one queue and put what came of them on another."""

import multiprocessing as mp
import time
from queue import Empty


def serve(function, tasks, answers):
    while True:
        task = tasks.get()
        if task is None:
            return
        number, args = task
        try:
            answer = number, True, function(*args)
        except Exception as error:
            answer = number, False, error
        answers.put(answer)


class Staff:
    def __init__(self, function, calls, workers):
        self.tasks, self.answers = mp.Queue(), mp.Queue()
        self.processes = [
            mp.Process(target=serve, args=(function, self.tasks, self.answers)) for _ in range(min(workers, len(calls)))
        ]
        for process in self.processes:
            process.start()
        for number, args in enumerate(calls):
            self.tasks.put((number, args))
        for _ in self.processes:
            self.tasks.put(None)

    def dismiss(self, now=False):
        for process in self.processes:
            if now:
                process.terminate()
            process.join()
        self.tasks.cancel_join_thread()
        self.tasks.close()
        self.answers.close()


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    staff = Staff(function, arguments, workers)
    first = None
    for _ in arguments:
        _, fine, value = staff.answers.get()
        try:
            (on_result if fine else on_error)(value)
        except Exception as error:
            if first is None:
                first = error
    staff.dismiss()
    if first:
        raise first


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    staff = Staff(function, [(item,) for item in items], workers)
    results = {}
    try:
        while len(results) < len(items):
            number, _, value = staff.answers.get(timeout=max(0.0, end - time.monotonic()))
            results[items[number]] = value
    except Empty:
        pass
    staff.dismiss(now=len(results) < len(items))
    return results, [item for item in items if item not in results]
