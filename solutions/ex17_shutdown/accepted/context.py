"""Right: a context that keeps signals back while there is an item in hand, and raises what has come at its end."""

import contextlib
import signal


def stop(process, seconds):
    for answer, end in (("finished", None), ("stopped", process.terminate), ("killed", process.kill)):
        if end:
            end()
        process.join({"finished": 0, "stopped": seconds, "killed": None}[answer])
        if process.exitcode is not None:
            return answer


class Signals:
    def __init__(self):
        self.come = self.busy = False
        signal.signal(signal.SIGTERM, self)

    def __call__(self, *_):
        first = not self.come
        self.come = True
        if first and not self.busy:
            raise SystemExit(0)

    @contextlib.contextmanager
    def kept_back(self):
        self.busy = True
        yield
        self.busy = False
        if self.come:
            raise SystemExit(0)


def run_worker(tasks, results, work):
    signals = Signals()
    while True:
        item = tasks.get()
        with signals.kept_back():
            results.put(work(item))
