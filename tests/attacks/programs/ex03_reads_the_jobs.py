# Takes the results out of the jobs' attributes without calling them.
def add_results(counter, lock, jobs):
    for job in jobs:
        with lock:
            if not hasattr(job, "result"):
                job()
            counter.value += job.result
