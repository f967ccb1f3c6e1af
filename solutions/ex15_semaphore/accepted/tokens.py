"""Right: slots are tokens on a queue."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if semaphore.acquire(block=seconds > 0, timeout=seconds):
        try:
            job()
            return True
        except BaseException:
            raise
        finally:
            semaphore.release()
    else:
        return False


def run_with_token(tokens, job):
    token = tokens.get()
    try:
        job()
    finally:
        tokens.put(token)


def run_limited(jobs, limit):
    tokens = multiprocessing.SimpleQueue()
    for number in range(limit):
        tokens.put(number)
    team = {}
    for number, job in enumerate(jobs):
        team[number] = multiprocessing.Process(target=run_with_token, args=(tokens, job))
    for process in team.values():
        process.start()
    for process in team.values():
        process.join()
    return [team[number].exitcode for number in sorted(team)]
