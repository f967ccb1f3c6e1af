"""Right: a class of its own; asks with SIGTERM first, and waits a moment."""

from multiprocessing import Process


class Job(Process):
    def __init__(self, job, name=None):
        super().__init__(name=name)
        self.job = job

    def run(self):
        self.job()


def run_all(jobs):
    running = {}
    for name in jobs:
        running[name] = Job(jobs[name], name)
        running[name].start()
    codes = {}
    for name, process in running.items():
        process.join()
        codes[name] = process.exitcode
        process.close()
    return codes


def run_with_deadline(job, seconds):
    process = Job(job)
    process.start()
    process.join(timeout=seconds)
    late = process.is_alive()
    if late:
        process.terminate()
        process.join(0.3)
        if process.is_alive():
            process.kill()
    process.join()
    return None if late else process.exitcode
