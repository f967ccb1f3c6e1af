"""Right: the handler only notes the wish, and the worker looks at the note every now and then."""

import queue
import signal


def stop(process, seconds):
    if not process.is_alive():
        process.join()
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is not None:
        return "stopped"
    process.kill()
    process.join()
    return "killed"


def run_worker(tasks, results, work):
    wishes = []
    signal.signal(signal.SIGTERM, lambda number, frame: wishes.append(number))
    while not wishes:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
