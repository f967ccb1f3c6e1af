"""Right: a thread takes the signal with sigwait; the worker is asked to end by an event."""

import queue
import signal
import threading


def stop(process, seconds):
    answer = "stopped" if process.is_alive() else "finished"
    if answer == "stopped":
        process.terminate()
        process.join(seconds)
        if process.is_alive():
            answer = "killed"
            process.kill()
    process.join()
    return answer


def take_signals(ends):
    signal.sigwait({signal.SIGTERM})
    ends.set()


def run_worker(tasks, results, work):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    ends = threading.Event()
    threading.Thread(target=take_signals, args=(ends,), daemon=True).start()
    while not ends.is_set():
        try:
            item = tasks.get(True, 0.1)
        except queue.Empty:
            pass
        else:
            results.put(work(item))
