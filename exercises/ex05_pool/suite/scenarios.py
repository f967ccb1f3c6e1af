"""The callables that ex05 is given, and what happens around them."""

import functools
import queue


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


def add(amount, item):
    """For `functools.partial`."""
    return item + amount


class Plus:
    """An instance that can be called."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, item):
        return item + self.amount


def enlarge(item):
    """A result of that many bytes."""
    return bytes([item % 256]) * item


def excuse(item):
    """An exception that is returned, which is no failure."""
    return ValueError("returned", item)


class Failing:
    """Raises for some items, and doubles the others."""

    def __init__(self, errors):
        self.errors = errors

    def __call__(self, item):
        error = self.errors.get(item)
        if error is None:
            return item * 2
        raise {"refusal": Refusal, "key": KeyError, "stop": StopIteration, "end": EOFError}[error](item, "refused")


class Attending:
    """Waits until enough calls run at once; the result tells by its ticket that the call was there."""

    def __init__(self, meeting):
        self.meeting = meeting

    def __call__(self, item):
        return [item * 2, self.meeting.attend()]


class Waiting:
    """Waits until the item's turn has come; the first one has no need to."""

    def __init__(self, turns):
        self.turns = turns

    def __call__(self, item):
        if item in self.turns:
            self.turns[item].attend()
        return item * 2


class LettingTheOneBefore:
    """Waits for the item after it, then lets the item before it go; the result has the ticket of the last of both."""

    def __init__(self, pairs):
        self.pairs = pairs

    def __call__(self, item):
        ticket = ""
        if item < len(self.pairs):
            ticket = self.pairs[item].attend()
        if item:
            ticket = self.pairs[item - 1].attend()
        return [item * 2, ticket]


class FailingInTurn:
    """Item 0 returns, item 1 raises when its turn has come, all others run until nothing else can happen."""

    def __init__(self, turn, others):
        self.turn = turn
        self.others = others

    def __call__(self, item):
        if item == 1:
            self.turn.attend()
            raise Refusal(item, "refused")
        if item > 1:
            self.others.attend()
        return item * 2


class LeavingTheFirst:
    """Item 0 returns, all others run until nothing else can happen."""

    def __init__(self, meeting):
        self.meeting = meeting

    def __call__(self, item):
        if item:
            self.meeting.attend()
        return item * 2


CALLABLES = {
    "double": double,
    "same": same,
    "partial": functools.partial(add, 100),
    "instance": Plus(1000),
    "enlarge": enlarge,
    "excuse": excuse,
}


def run(stage, name, function, items, workers):
    """Call the contract's function; what it yields becomes a list."""
    made = getattr(stage.submission, name)(function, items, workers)
    return list(made) if name == "map_as_finished" else made


def following(iterator):
    """Give the next value, or a word for the end, or the exception."""
    try:
        return next(iterator)
    except StopIteration:
        return "the end"
    except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
        return error


def plain_calls(stage, *, names, callable_name, items, workers):
    """Call the named functions of the contract with a callable that only computes."""
    return [run(stage, name, CALLABLES[callable_name], items, workers) for name in names]


def by_keyword(stage, *, items, workers):
    """All three functions, called with keywords."""
    given = {"function": double, "items": items, "workers": workers}
    submission = stage.submission
    finished = list(submission.map_as_finished(**given))
    return [submission.map_in_order(**given), finished, submission.map_safely(**given)]


def reversed_finish(stage, *, name, count):
    """The last item finishes first, the first one last: each waits for the one after it."""
    pairs = [stage.meeting(f"items {number} and {number + 1}", 2) for number in range(count - 1)]
    return run(stage, name, LettingTheOneBefore(pairs), list(range(count)), count)


def all_meet(stage, *, name, count, workers, size):
    """Every call waits until `size` calls run at once, or until it is clear that there will not be so many."""
    meeting = stage.meeting("calls", size)
    return run(stage, name, Attending(meeting), list(range(count)), workers)


def failing(stage, *, name, errors, items, workers):
    """Some items raise."""
    return run(stage, name, Failing(errors), items, workers)


def looked_at_while_it_raises(stage, *, errors, items, workers):
    """Some items raise; what is left while the caller still has the exception, which may hold a pool that was left."""
    try:
        stage.submission.map_in_order(Failing(errors), items, workers)
    except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
        return [error, stage.children()]
    return [None, stage.children()]


def one_by_one(stage, *, order):
    """Every item runs; the next may finish only after the result of the one before was received."""
    turns = {position: stage.meeting(f"turn of item {position}", 2) for position in order[1:]}
    iterator = stage.submission.map_as_finished(Waiting(turns), list(range(len(order))), len(order))
    received = [next(iterator)]
    for position in order[1:]:
        turns[position].attend()
        received.append(next(iterator))
    received.append(following(iterator))
    return received


def one_is_slow(stage, *, count, workers, slow):
    """One item may finish only after the results of all others were received."""
    turn = stage.meeting("slow item", 2)
    iterator = stage.submission.map_as_finished(Waiting({slow: turn}), list(range(count)), workers)
    received = [next(iterator) for _ in range(count - 1)]
    turn.attend()
    received.append(next(iterator))
    received.append(following(iterator))
    return received


def fails_in_turn(stage, *, count):
    """Item 0 is received, then item 1 raises while all others still run."""
    turn = stage.meeting("failing item", 2)
    others = stage.meeting("others", count)
    iterator = stage.submission.map_as_finished(FailingInTurn(turn, others), list(range(count)), count)
    received = [following(iterator)]
    turn.attend()
    received += [following(iterator) for _ in range(3)]
    return [received, stage.children()]


def fails_among_many(stage, *, errors, count, workers):
    """Some of many items raise; take what comes until the first exception, then three times more."""
    iterator = stage.submission.map_as_finished(Failing(errors), list(range(count)), workers)
    received = []
    while len(received) < count and not isinstance(received[-1] if received else None, Exception):
        received.append(following(iterator))
    return [received, [following(iterator) for _ in range(3)]]


def closed_early(stage, *, taken, count, workers):
    """Close the iterator after some results; at most one call has finished, the others run."""
    meeting = stage.meeting("others", count)
    iterator = stage.submission.map_as_finished(LeavingTheFirst(meeting), list(range(count)), workers)
    received = [next(iterator) for _ in range(taken)]
    iterator.close()
    return [received, stage.children()]


def used_up(stage, *, count, workers):
    """Take all results and keep the iterator."""
    iterator = stage.submission.map_as_finished(double, list(range(count)), workers)
    received = [next(iterator) for _ in range(count)]
    received.append(following(iterator))
    return [received, stage.children()]
