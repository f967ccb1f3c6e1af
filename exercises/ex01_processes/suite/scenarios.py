"""The jobs that ex01 is given, and what is asked of its functions."""

import multiprocessing
import os
import signal
import sys
import threading
import time

END_BADLY = {"run", "run_plain", "run_meeting", "run_beside_failures", "end_in_time", "every_function"}


class Refusal(Exception):
    """Raised on purpose."""


class Ending:
    """A job that signs with the name of its process, and ends in the way it is told."""

    def __init__(self, book, way, place=None):
        self.book = book
        self.way = way
        self.place = place

    def __call__(self):
        self.book.write(multiprocessing.current_process().name)
        if self.place:
            self.place.attend()
        kind, value = self.way
        if kind == "raise":
            raise Refusal(value)
        if kind == "exit":
            sys.exit(value)
        if kind == "start":
            sys.exit(code_of_a_process(value))
        if kind == "signal":
            os.kill(os.getpid(), value)
        return value


def code_of_a_process(value):
    """Start a process of the job's own, which ends with that code, and wait for it."""
    process = multiprocessing.Process(target=sys.exit, args=(value,))
    process.start()
    process.join()
    return process.exitcode


class Long:
    """A job that goes on for so many seconds, or for ever; seconds can be virtual."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __call__(self):
        if self.seconds is None:
            wait_for_ever()
        time.sleep(self.seconds)


def wait_for_ever():
    """Wait for a lock that this very thread holds."""
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def run(stage, *, ways, keyword=False):
    """`run_all` with a job for each (name, way), with keywords after an earlier call; the caller signs with nothing."""
    book = stage.notebook("names")
    book.write("")
    jobs = {name: Ending(book, way) for name, way in ways}
    if keyword:
        stage.submission.run_all(jobs={"earlier": Ending(book, ["return", 0])})
    codes = stage.submission.run_all(jobs=jobs) if keyword else stage.submission.run_all(jobs)
    return [list(codes) if isinstance(codes, dict) else None, codes]


def run_plain(stage, *, ways):
    """The same, with nothing but the codes."""
    return stage.submission.run_all({name: Ending(stage.notebook("names"), way) for name, way in ways})


def run_meeting(stage, *, ways):
    """Every job waits for all the others before it ends."""
    meeting = stage.meeting("jobs", len(ways))
    return stage.submission.run_all({name: Ending(stage.notebook("names"), way, meeting) for name, way in ways})


def run_beside_failures(stage, *, ways, failures):
    """Some jobs fail at once, while the others go on for a moment."""
    book, crowd = stage.notebook("names"), stage.crowd("others", len(ways) + 1)
    jobs = {name: Ending(book, way) for name, way in failures}
    jobs.update({name: Ending(book, way, crowd) for name, way in ways})
    return stage.submission.run_all(jobs)


def end_in_time(stage, *, way, seconds):
    """`run_with_deadline` with a job that ends long before."""
    return stage.submission.run_with_deadline(Ending(stage.notebook("names"), way), seconds)


def end_after(stage, *, pause, seconds):
    """`run_with_deadline` with a job that takes a while, called with keywords."""
    return stage.submission.run_with_deadline(job=Long(pause), seconds=seconds)


def go_on(stage, *, pause, seconds):
    """`run_with_deadline` with a job that would go on for much longer, or for ever."""
    return stage.submission.run_with_deadline(Long(pause), seconds)


def go_on_stubbornly(stage, *, seconds):
    """The same with a job that ignores SIGTERM: it has inherited that from this process, so it does from its birth."""
    submission = stage.submission
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return submission.run_with_deadline(Long(None), seconds)


def go_on_politely(stage, *, seconds):
    """The same with a job that ends by itself, with 0, when it is asked to; that is inherited under fork."""
    submission = stage.submission
    signal.signal(signal.SIGTERM, leave)
    return submission.run_with_deadline(Long(None), seconds)


def leave(*_):
    """Handle a signal: say goodbye."""
    sys.exit(0)


def every_function(stage):
    """Both functions."""
    book = stage.notebook("names")
    codes = stage.submission.run_all({"first": Ending(book, ["return", 1]), "second": Ending(book, ["exit", 3])})
    in_time = stage.submission.run_with_deadline(Ending(book, ["return", 2]), 30)
    return [codes, in_time, stage.submission.run_with_deadline(Long(None), 0)]
