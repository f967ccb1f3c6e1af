# expect: ends_when_idle failed lost-item
"""Wrong: looks at the flag once more after get: what came just then is taken, and neither worked on nor left."""

import queue
import signal

flag = {"end": False}


def note(number, frame):
    flag["end"] = True


def stop(process, seconds):
    if process.exitcode is not None:
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        process.join()
        return "killed"
    return "stopped"


def run_worker(tasks, results, work):
    flag["end"] = False
    signal.signal(signal.SIGTERM, note)
    while not flag["end"]:
        try:
            item = tasks.get(timeout=0.1)
        except queue.Empty:
            continue
        if flag["end"]:
            break
        result = work(item)
        results.put(result)
