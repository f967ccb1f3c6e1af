"""Right: the handler leaves `get` by an exception, but only while the worker is idle; the process is waited for by its sentinel."""

import os
import signal
from multiprocessing.connection import wait


def stop(process, seconds):
    if process.exitcode is not None:
        return "finished"
    os.kill(process.pid, signal.SIGTERM)
    ended = bool(wait([process.sentinel], timeout=seconds))
    if not ended:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return "stopped" if ended else "killed"


class Told(Exception):
    pass


class Worker:
    def __init__(self):
        self.idle = False
        self.told = False
        signal.signal(signal.SIGTERM, self.tell)

    def tell(self, *_):
        self.told = True
        if self.idle:
            self.idle = False
            raise Told

    def items(self, tasks):
        while not self.told:
            self.idle = True
            if self.told:
                return
            item = tasks.get()
            self.idle = False
            yield item

    def run(self, tasks, results, work):
        try:
            for item in self.items(tasks):
                results.put(work(item))
        except Told:
            pass


def run_worker(tasks, results, work):
    Worker().run(tasks, results, work)
