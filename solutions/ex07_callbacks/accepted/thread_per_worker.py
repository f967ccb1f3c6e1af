"""A thread of the caller beside each worker process; a lock keeps the callbacks apart."""

import multiprocessing
import threading
import time


def serve(connection, function):
    while True:
        try:
            args = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, function(*args)))
        except Exception as error:
            connection.send((False, error))


class Crew:
    """`workers` processes, each with a thread here that gives it calls and tells what came of them."""

    def __init__(self, function, calls, workers, deliver):
        self.calls = list(enumerate(calls))
        self.lock = threading.Lock()
        self.deliver = deliver
        self.processes, self.threads, self.ends = [], [], []
        context = multiprocessing.get_context("spawn")
        for _ in range(min(workers, len(self.calls))):
            mine, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, function))
            process.start()
            theirs.close()
            self.processes.append(process)
            self.ends.append(mine)
            self.threads.append(threading.Thread(target=self.tend, args=(mine,)))
        for thread in self.threads:
            thread.start()

    def tend(self, connection):
        while True:
            with self.lock:
                if not self.calls:
                    break
                number, args = self.calls.pop(0)
            try:
                connection.send(args)
                fine, value = connection.recv()
            except (EOFError, OSError):
                return
            with self.lock:
                self.deliver(number, fine, value)
        connection.close()

    def wait(self, end=None):
        for thread in self.threads:
            thread.join(None if end is None else max(0.0, end - time.monotonic()))
        self.calls.clear()
        for thread, process in zip(self.threads, self.processes):
            if thread.is_alive():
                process.kill()
            thread.join()
            process.join()
        for end in self.ends:
            end.close()


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    raised = []

    def deliver(number, fine, value):
        try:
            on_result(value) if fine else on_error(value)
        except Exception as error:
            raised.append(error)

    Crew(function, arguments, workers, deliver).wait()
    if raised:
        raise raised[0]


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    results = {}

    def deliver(number, fine, value):
        if time.monotonic() <= end:
            results[items[number]] = value

    Crew(function, [(item,) for item in items], workers, deliver).wait(end)
    return results, [item for item in items if item not in results]
