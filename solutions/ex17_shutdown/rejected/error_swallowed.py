# expect: ends_with_1 hung -
"""Wrong: an exception of `work` is passed over."""

import signal


def stop(process, seconds):
    if not process.is_alive():
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is not None:
        return "stopped"
    process.kill()
    process.join()
    return "killed"


class Signals:
    def __init__(self):
        self.come = self.busy = False
        signal.signal(signal.SIGTERM, self)

    def __call__(self, *_):
        first = not self.come
        self.come = True
        if first and not self.busy:
            raise SystemExit(0)


def run_worker(tasks, results, work):
    signals = Signals()
    while not signals.come:
        item = tasks.get()
        signals.busy = True
        try:
            results.put(work(item))
        except Exception:
            pass
        signals.busy = False
