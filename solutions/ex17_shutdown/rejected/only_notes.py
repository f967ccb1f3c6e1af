# expect: puts_each_result hung -
# expect: ends_when_idle hung -
# expect: delivers_what_it_put hung -
"""Wrong: the handler notes the wish, and `get` waits on."""

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


def run_worker(tasks, results, work):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        results.put(work(tasks.get()))
