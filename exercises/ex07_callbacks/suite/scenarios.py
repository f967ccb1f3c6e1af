"""The callables that ex07 is given, the callbacks that listen, and what happens around them."""

import functools
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


class Trouble(queue.Empty):
    """Raised on purpose by a callback, of the same kind."""


def same(item):
    """The item is its own result."""
    return item


def tagged(item):
    """A result that tells which item it came from, and is true."""
    return 10 * item + 7


def joined(*parts):
    """A result that tells which arguments came, and in which order."""
    return [len(parts), *parts]


def enlarge(item):
    """A result of that many bytes."""
    return bytes([item % 256]) * item


def excuse(item):
    """An exception that is returned, which is no failure."""
    return ValueError("returned", item)


class Plus:
    """An instance that can be called."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, item):
        return item + self.amount


CALLABLES = {
    "same": same,
    "tagged": tagged,
    "joined": joined,
    "partial": functools.partial(joined, "first"),
    "instance": Plus(1000),
    "enlarge": enlarge,
    "excuse": excuse,
}


class Failing:
    """Raises for some items, and tags the others."""

    def __init__(self, errors):
        self.errors = errors

    def __call__(self, item):
        error = self.errors.get(item)
        if error is None:
            return tagged(item)
        raise {"refusal": Refusal, "key": KeyError, "stop": StopIteration}[error](item, "refused")


class Attending:
    """Goes to a place first, and then does what it is there for."""

    def __init__(self, place, function=tagged):
        self.place = place
        self.function = function

    def __call__(self, item):
        self.place.attend()
        return self.function(item)


class Waiting:
    """Waits until the item's turn has come, if it has one."""

    def __init__(self, turns, function=tagged):
        self.turns = turns
        self.function = function

    def __call__(self, item):
        if item in self.turns:
            self.turns[item].attend()
        return self.function(item)


class Held:
    """Some items never come to an end by themselves; if somebody waits for them, they go on, and that is seen."""

    def __init__(self, items, place, after):
        self.items = items
        self.place = place
        self.after = after

    def __call__(self, item):
        if item in self.items:
            self.place.attend()
            self.after.attend()
        return [item]


class Slow:
    """An item takes as many seconds as it says; one that says None comes to no end."""

    def __init__(self, place):
        self.place = place

    def __call__(self, item):
        number, seconds = item
        if seconds is None:
            self.place.attend()
        else:
            time.sleep(seconds)
        return number


class Listener:
    """The two callbacks; what they were given is in `heard`. It stays in the caller's process: it cannot be pickled."""

    def __init__(self):
        self.heard = []
        self.process = os.getpid()
        self.lock = threading.Lock()

    def result(self, value):
        """The callback for a success."""
        self.note("result", value)

    def error(self, error):
        """The callback for a failure."""
        self.note("error", error)

    def note(self, kind, value):
        """Write down what was delivered; a copy of this in another process would write in vain."""
        with self.lock:
            self.heard.append((kind, value))
            number = len(self.heard)
        self.heed(number)

    def heed(self, number):
        """What else there is to do."""


class Calling(Listener):
    """Goes to a place with the delivery that has this number, or with every one."""

    def __init__(self, places):
        super().__init__()
        self.places = places

    def heed(self, number):
        """Attend."""
        place = self.places.get(number) or self.places.get(None)
        if place:
            place.attend()


class Troubled(Listener):
    """Raises at some deliveries, counted from 1."""

    def __init__(self, numbers):
        super().__init__()
        self.numbers = numbers

    def heed(self, number):
        """Raise."""
        if number in self.numbers:
            raise Trouble(number)


def listened(stage, function, arguments, workers, listener):
    """Submit all; what the call gave, and what had been delivered by then."""
    returned = stage.submission.submit_all(function, arguments, workers, listener.result, listener.error)
    return [returned, list(listener.heard)]


def submit(stage, *, callable_name, arguments, workers):
    """`submit_all` with a function that only computes."""
    return listened(stage, CALLABLES[callable_name], arguments, workers, Listener())


def submit_many_kinds(stage, *, cases):
    """One after the other: (callable, arguments, workers)."""
    return [submit(stage, callable_name=name, arguments=args, workers=workers)[1] for name, args, workers in cases]


def submit_failing(stage, *, errors, count, workers):
    """Some calls raise."""
    return listened(stage, Failing(errors), singles(count), workers, Listener())


def submit_slow(stage, *, count):
    """No call ends before nothing else can happen."""
    late = stage.crowd("calls that were still running", count + 1)
    return listened(stage, Attending(late), singles(count), count, Listener())


def all_meet(stage, *, count):
    """Every call waits until all run at once."""
    return listened(stage, Attending(stage.meeting("calls", count)), singles(count), count, Listener())


def crowd(stage, *, count, workers):
    """Calls wait a moment for one more than there may be at once."""
    return listened(stage, Attending(stage.crowd("calls", workers + 1)), singles(count), workers, Listener())


def one_by_one(stage, *, order, errors):
    """Every call runs; the next may end only after the one before was delivered."""
    turns = {item: stage.meeting(f"turn of call {item}", 2) for item in order[1:]}
    listener = Calling({number: turns[item] for number, item in enumerate(order[1:], start=1)})
    return listened(stage, Waiting(turns, Failing(errors)), singles(len(order)), len(order), listener)


def one_is_slow(stage, *, count, workers, slow):
    """One call may end only after all others were delivered."""
    turn = stage.meeting("slow call", 2)
    listener = Calling({count - 1: turn})
    return listened(stage, Waiting({slow: turn}), singles(count), workers, listener)


def callbacks_take_time(stage, *, count, errors):
    """All calls end at once, and no callback ends before nothing else can happen."""
    together = Attending(stage.meeting("calls", count), Failing(errors))
    listener = Calling({None: stage.crowd("callbacks", 2)})
    return listened(stage, together, singles(count), count, listener)


def callbacks_raise(stage, *, count, workers, errors, numbers):
    """Some callbacks raise; what reached the caller, what was delivered by then, and who is left meanwhile.

    The caller still has the exception, and with it a pool that was left: without it, its finalizer would end it.
    """
    listener = Troubled(numbers)
    raised, left = None, []
    try:
        listened(stage, Failing(errors), singles(count), workers, listener)
    except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
        left = stage.children()
        raised = error
    heard = list(listener.heard)
    listened(stage, tagged, singles(1), workers, Listener())  # a later call, where nothing raises
    return [raised, heard, left]


def run_held(stage, *, items, held, workers, seconds):
    """`run_until` with items that come to no end."""
    function = Held(held, stage.meeting("never", 1000), stage.meeting("calls that went on", 1))
    return stage.submission.run_until(function, items, workers, seconds)


def run_slow(stage, *, items, seconds):
    """`run_until` with (number, seconds) items, all of which run at once."""
    return stage.submission.run_until(Slow(stage.meeting("never", 1000)), items, len(items), seconds)


def run_together(stage, *, count, seconds):
    """`run_until` with calls that wait for each other."""
    return stage.submission.run_until(Attending(stage.meeting("calls", count)), list(range(count)), count, seconds)


def run_failing(stage, *, errors, items, workers, seconds):
    """`run_until` with items that raise."""
    return stage.submission.run_until(Failing(errors), items, workers, seconds)


def run_many_kinds(stage, *, cases, seconds):
    """One after the other: (callable, items, workers)."""
    return [stage.submission.run_until(CALLABLES[name], items, workers, seconds) for name, items, workers in cases]


def by_keyword(stage, *, items, seconds):
    """Both functions, called with keywords."""
    listener = Listener()
    arguments = [(item,) for item in items]
    stage.submission.submit_all(
        function=tagged, arguments=arguments, workers=2, on_result=listener.result, on_error=listener.error
    )
    heard = list(listener.heard)
    found = stage.submission.run_until(function=tagged, items=items, workers=2, seconds=seconds)
    return [heard, found]


def in_a_child(stage, *, items, seconds):
    """`run_until`, called in a process that was started by another one."""
    stage.together(child=stage.call("run_until", tagged, items, 2, seconds))


def singles(count):
    """One argument each: 0, 1, 2, ..."""
    return [(item,) for item in range(count)]
