"""The callables that ex06 is given, and what is asked of its functions."""

import os
import queue
import threading
import time


class Refusal(queue.Empty):
    """Raised on purpose; made of two arguments. An `except queue.Empty` around the call would catch it."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


def double(item):
    """A result that tells which item it came from."""
    return item * 2


def same(item):
    """The item is its own result."""
    return item


def enlarge(item):
    """A result of that many bytes."""
    return bytes(item)


def excuse(item):
    """An exception that is returned, which is no failure."""
    return ValueError("returned", item)


class Traveller:
    """An item that writes down which processes have sent it on."""

    def __init__(self, label, senders=()):
        self.label = label
        self.senders = senders

    def __reduce__(self):
        return Traveller, (self.label, (*self.senders, os.getpid()))


class Late:
    """An item that takes its time on its way, where a queue's thread makes it ready: there, seconds can be virtual."""

    def __init__(self, label, seconds):
        self.label = label
        self.seconds = seconds

    def __reduce__(self):
        if threading.current_thread() is not threading.main_thread():
            time.sleep(self.seconds)
        return Late, (self.label, 0)


def label_of(item):
    """What an item is called."""
    return item.label


class Plus:
    """An instance that can be called."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, item):
        return item + self.amount


class Chosen:
    """Makes the item of a list that stands at the number."""

    def __init__(self, items):
        self.items = items

    def __call__(self, number):
        return self.items[number]


class Failing:
    """Raises for some items, and gives the others back."""

    def __init__(self, failing):
        self.failing = failing

    def __call__(self, item):
        number = len(item) if isinstance(item, bytes) else item
        if number in self.failing:
            raise Refusal(number, "refused")
        return number


class Attending:
    """Waits until enough calls run at once."""

    def __init__(self, meeting):
        self.meeting = meeting

    def __call__(self, item):
        self.meeting.attend()
        return item * 2


class Slow:
    """Takes its time for every item."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __call__(self, item):
        time.sleep(self.seconds)
        return item


class Signing:
    """Writes down which process it runs in, and gives the label of the item back."""

    def __init__(self, book):
        self.book = book

    def __call__(self, item):
        self.book.write("work")
        return [item.label, list(item.senders)]


class Begin:
    """Makes an item, and writes down that it was begun."""

    def __init__(self, book, seconds):
        self.book = book
        self.seconds = seconds

    def __call__(self, number):
        self.book.write("begun")
        time.sleep(self.seconds)
        return number


class Done:
    """Works on an item and writes down that it is done; some are slow, or wait a moment for what else can happen."""

    def __init__(self, book, slow, seconds, crowd):
        self.book = book
        self.slow = slow
        self.seconds = seconds
        self.crowd = crowd

    def __call__(self, item):
        if item in self.slow:
            if self.seconds:
                time.sleep(self.seconds)
            else:
                self.crowd.attend()
        self.book.write("done")
        return item * 2


CALLABLES = {"double": double, "same": same, "enlarge": enlarge, "excuse": excuse, "instance": Plus(1000)}


def run(stage, *, sources, consumers, name="double"):
    """`pipeline` with work that only computes."""
    return stage.submission.pipeline(sources, CALLABLES[name], consumers)


def run_sorted(stage, *, sources, consumers):
    """The same, with the results sorted."""
    results = stage.submission.pipeline(sources, double, consumers)
    return sorted(results) if isinstance(results, list) else results


def run_by_keyword(stage, *, sources, consumers):
    """The same, called with keywords, after an earlier call."""
    stage.submission.pipeline(sources=[["earlier"]], work=double, consumers=1)
    return stage.submission.pipeline(sources=sources, work=double, consumers=consumers)


def run_slowly(stage, *, sources, consumers, seconds):
    """`pipeline` with work that takes its time."""
    return stage.submission.pipeline(sources, Slow(seconds), consumers)


def run_late(stage, *, sources, consumers, seconds):
    """`pipeline` with items that come late."""
    late = [[Late(label, seconds) for label in source] for source in sources]
    return stage.submission.pipeline(late, label_of, consumers)


def run_and_watch(stage, *, sources, consumers):
    """`pipeline`, and how each process that was started has ended."""
    endings = stage.endings()
    results = stage.submission.pipeline(sources, double, consumers)
    return [results, endings.codes]


def run_and_sign(stage, *, sources, consumers):
    """Which processes have sent each item on, and which have worked; the caller signs first."""
    book = stage.notebook("work")
    book.write("caller")
    travellers = [[Traveller(label) for label in source] for source in sources]
    return [os.getpid(), stage.submission.pipeline(travellers, Signing(book), consumers)]


def all_meet(stage, *, sources, consumers, size):
    """Every call of `work` waits until `size` run at once, or until it is clear that there will not be so many."""
    return stage.submission.pipeline(sources, Attending(stage.meeting("calls", size)), consumers)


def crowd_together(stage, *, sources, consumers):
    """Every call of `work` waits a moment for one more than there may be."""
    return stage.submission.pipeline(sources, Attending(stage.crowd("calls", consumers + 1)), consumers)


def run_failing(stage, *, sources, failing, consumers, size=0):
    """Some items raise; with a size, the items are so many bytes larger than their number."""
    items = [[bytes(size + item) for item in source] for source in sources] if size else sources
    return stage.submission.pipeline(items, Failing([size + item for item in failing]), consumers)


def pace(stage, *, items, capacity, name="same"):
    """`paced_pipeline` with callables that only compute."""
    return stage.submission.paced_pipeline(Chosen(items), len(items), CALLABLES[name], capacity)


def pace_by_keyword(stage, *, items, capacity):
    """The same, called with keywords, after an earlier call."""
    submission, make = stage.submission, Chosen(items)
    submission.paced_pipeline(make=Chosen(["earlier"]), count=1, work=double, capacity=capacity)
    return submission.paced_pipeline(make=make, count=len(items), work=double, capacity=capacity)


def pace_and_count(stage, *, count, capacity, slow, seconds):
    """Write down when each item is begun and done, while some take long; the caller signs first."""
    book = stage.notebook("items")
    book.write("caller")
    done = Done(book, slow, seconds, stage.crowd("slow item", 2))
    return stage.submission.paced_pipeline(Begin(book, 0), count, done, capacity)


def pace_slow_making(stage, *, count, capacity, seconds):
    """Making each item takes long."""
    return stage.submission.paced_pipeline(Slow(seconds), count, double, capacity)


def pace_and_watch(stage, *, items, capacity):
    """`paced_pipeline`, and how each process that was started has ended."""
    endings = stage.endings()
    results = stage.submission.paced_pipeline(Chosen(items), len(items), double, capacity)
    return [results, endings.codes]


def pace_failing(stage, *, count, capacity, making, working):
    """Making some items fails, and working on others."""
    return stage.submission.paced_pipeline(Failing(making), count, Failing(working), capacity)


def pace_failing_large(stage, *, sizes, capacity, working):
    """Working on an item fails while others, larger than any pipe, are on their way."""
    return stage.submission.paced_pipeline(Large(sizes), len(sizes), Failing(working), capacity)


class Large:
    """Makes bytes, as many as the list says."""

    def __init__(self, sizes):
        self.sizes = sizes

    def __call__(self, number):
        return bytes(self.sizes[number])


def every_function(stage, *, sources):
    """Both functions."""
    first = stage.submission.pipeline(sources, double, 2)
    return [first, stage.submission.paced_pipeline(same, 3, double, 1)]
