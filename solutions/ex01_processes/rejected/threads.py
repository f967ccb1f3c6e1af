# expect: returns_every_code crashed crashed
# expect: takes_a_process_each failed no-processes
# expect: starts_all_first failed serial-not-parallel
# expect: disturbs_no_other crashed crashed
"""Wrong: threads are no processes."""

import multiprocessing
import threading


def run_all(jobs):
    codes = {}

    def attempt(name, job):
        try:
            job()
            codes[name] = 0
        except SystemExit as end:
            codes[name] = end.code
        except Exception:
            codes[name] = 1

    threads = [threading.Thread(target=attempt, args=pair, name=pair[0]) for pair in jobs.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: codes[name] for name in jobs}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
