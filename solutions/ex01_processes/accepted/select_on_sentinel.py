"""Right: waits for the sentinel with `select`, as for any other descriptor; the worker leaves by `os._exit`."""

import os
import select
import sys
import traceback
from multiprocessing import Process


def _run(job):
    code = 1
    try:
        job()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _started(name, job):
    process = Process(target=_run, args=(job,), name=name)
    process.start()
    return process


def _reaped(process):
    process.join()
    code = process.exitcode
    process.close()
    return code


def run_all(jobs):
    processes = {name: _started(name, job) for name, job in jobs.items()}
    return {name: _reaped(process) for name, process in processes.items()}


def run_with_deadline(job, seconds):
    process = _started("job", job)
    ended = select.select([process.sentinel], [], [], seconds)[0]
    if not ended:
        process.kill()
    code = _reaped(process)
    return code if ended else None
