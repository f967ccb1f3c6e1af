"""Small programs around the functions of ex15: who else wants a slot, and what a job does while it has one."""

import multiprocessing as mp
import time

KINDS = {"plain": mp.Semaphore, "bounded": mp.BoundedSemaphore}


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


class Job:
    """Writes down that it begins and that it ends; returns something."""

    def __init__(self, book, name, result=None):
        self.book = book
        self.name = name
        self.result = result

    def __call__(self):
        self.book.write(f"begin {self.name}")
        self.rest()
        self.book.write(f"end {self.name}")
        return self.result

    def rest(self):
        """What it does between the two."""


class SlowJob(Job):
    """Takes its time."""

    def rest(self):
        time.sleep(1)


class FailingJob(Job):
    """Raises."""

    def rest(self):
        self.book.write(f"end {self.name}")
        raise Refusal(self.name, "refused")


class AttendingJob(Job):
    """Waits for others at a meeting, or a moment for them in a crowd."""

    def __init__(self, book, name, place):
        super().__init__(book, name)
        self.place = place

    def rest(self):
        self.place.attend()


class FailingAfterwards(AttendingJob):
    """The same, and then raises."""

    def rest(self):
        super().rest()
        self.book.write(f"end {self.name}")
        raise Refusal(self.name, "refused")


def free_slots(semaphore):
    """How many slots somebody could get now; they are given back."""
    count = 0
    while semaphore.acquire(block=False):
        count += 1
    for _ in range(count):
        semaphore.release()
    return count


def release_later(semaphore, pause):
    """Give a slot back after a while."""
    time.sleep(pause)
    semaphore.release()


def use_each(stage, *, cases):
    """One `use_slot` per (kind, slots, seconds, result), each with a semaphore that nobody else uses."""
    book = stage.notebook("jobs")
    left = []
    for number, (kind, slots, seconds, result) in enumerate(cases):
        semaphore = KINDS[kind](slots)
        job = Job(book, number, result)
        stage.together(**{f"user_{number}": stage.call("use_slot", semaphore=semaphore, job=job, seconds=seconds)})
        left.append(free_slots(semaphore))
    return left


def use_while_all_are_taken(stage, *, kind, slots, seconds):
    """`use_slot` while others hold all slots and keep them; then they give them back."""
    semaphore = KINDS[kind](slots)
    for _ in range(slots):
        semaphore.acquire()
    stage.together(user=stage.call("use_slot", semaphore, Job(stage.notebook("jobs"), "late"), seconds))
    left = [free_slots(semaphore)]
    for _ in range(slots):
        semaphore.release()
    return [*left, free_slots(semaphore)]


def use_when_one_comes(stage, *, kind, seconds, pause):
    """`use_slot` while the only slot is held, and given back after a while."""
    semaphore = KINDS[kind](1)
    semaphore.acquire()
    user = stage.call("use_slot", semaphore, Job(stage.notebook("jobs"), "late"), seconds)
    stage.together(user=user, holder=stage.partner(release_later, semaphore, pause))
    return free_slots(semaphore)


def use_and_fail(stage, *, kind, slots, name):
    """`use_slot` with a job that raises, then one that does not."""
    semaphore, book = KINDS[kind](slots), stage.notebook("jobs")
    stage.together(failing=stage.call("use_slot", semaphore, FailingJob(book, name), 5))
    left = free_slots(semaphore)
    stage.together(user=stage.call("use_slot", semaphore, Job(book, "after"), 0))
    return [left, free_slots(semaphore)]


def two_users(stage, *, slots, seconds):
    """Two processes want to work at the same time."""
    semaphore, book = mp.BoundedSemaphore(slots), stage.notebook("jobs")
    first = stage.call("use_slot", semaphore, SlowJob(book, "first"), seconds)
    stage.together(first=first, second=stage.call("use_slot", semaphore, SlowJob(book, "second"), seconds))
    return free_slots(semaphore)


def users_who_meet(stage, *, slots):
    """As many processes as there are slots, each with a job that waits for all others."""
    semaphore, book = mp.Semaphore(slots), stage.notebook("jobs")
    meeting = stage.meeting("jobs", slots)
    jobs = [AttendingJob(book, number, meeting) for number in range(slots)]
    stage.together(**{f"user_{job.name}": stage.call("use_slot", semaphore, job, 60) for job in jobs})
    return free_slots(semaphore)


def run_each(stage, *, names, failing, limit, keyword=False):
    """`run_limited`, where some jobs raise, with keywords after an earlier call; the caller signs first."""
    book = stage.notebook("jobs")
    book.write("caller")
    jobs = [FailingJob(book, name) if name in failing else Job(book, name, name) for name in names]
    if keyword:
        stage.submission.run_limited(jobs=[Job(book, "earlier")], limit=1)
        return stage.submission.run_limited(jobs=jobs, limit=limit)
    return stage.submission.run_limited(jobs, limit)


def run_crowd(stage, *, count, failing, limit):
    """Every job waits a moment for one more than there may be; some raise then."""
    book, crowd = stage.notebook("jobs"), stage.crowd("jobs", limit + 1)
    kinds = [FailingAfterwards if number in failing else AttendingJob for number in range(count)]
    return stage.submission.run_limited([kind(book, number, crowd) for number, kind in enumerate(kinds)], limit)


def run_meeting(stage, *, count, limit):
    """As many jobs as may run at once wait for each other."""
    book, meeting = stage.notebook("jobs"), stage.meeting("jobs", limit)
    return stage.submission.run_limited([AttendingJob(book, number, meeting) for number in range(count)], limit)


def run_long(stage, *, count, failing, limit, long):
    """One job goes on until the last one has begun; the others in between return or raise."""
    book, meeting = stage.notebook("jobs"), stage.meeting("the long job and the last one", 2)
    jobs = [FailingJob(book, number) if number in failing else Job(book, number) for number in range(count)]
    jobs[long] = AttendingJob(book, long, meeting)
    jobs[-1] = AttendingJob(book, count - 1, meeting)
    return stage.submission.run_limited(jobs, limit)


def every_function(stage):
    """Both functions, once where all goes well and once where a job raises or has to wait in vain."""
    semaphore, book = mp.Semaphore(1), stage.notebook("jobs")
    stage.together(user=stage.call("use_slot", semaphore, Job(book, 1), 1))
    stage.together(failing=stage.call("use_slot", semaphore, FailingJob(book, 2), 1))
    stage.together(late=stage.call("use_slot", mp.Semaphore(0), Job(book, 3), 0))
    return stage.submission.run_limited([Job(book, 4), FailingJob(book, 5)], 1)
