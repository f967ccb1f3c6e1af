"""The callables that ex13 is given."""

import functools
import tempfile
from pathlib import Path


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


def same(item):
    """What comes out is what went in."""
    return item


def described(item):
    """What comes out tells what went in, whether that is falsy or not."""
    return repr(item)


def drafted(item):
    """What `prepare` makes of an item: something that only `sealed` can read."""
    return {"draft": item}


def sealed(draft):
    """What `commit` makes of a draft, and of nothing else; never falsy."""
    return 10 * draft["draft"] + 7


def enlarge(item):
    """Something of that many bytes."""
    return bytes([item % 256]) * item


def excuse(item):
    """An exception that is returned."""
    return ValueError("returned", item)


def add(amount, item):
    """For `functools.partial`."""
    return item + amount


class Plus:
    """An instance that can be called."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, item):
        return item + self.amount


CALLABLES = {
    "same": same,
    "described": described,
    "enlarge": enlarge,
    "excuse": excuse,
    "partial": functools.partial(add, 100),
    "instance": Plus(1000),
}


class At:
    """Goes to a place first, and then does what it is there for."""

    def __init__(self, place, function):
        self.place = place
        self.function = function

    def __call__(self, value):
        self.place.attend()
        return self.function(value)


class Noting:
    """Writes down what it got; the grader knows in which process."""

    def __init__(self, notebook, function):
        self.notebook = notebook
        self.function = function

    def __call__(self, value):
        item = value["draft"] if isinstance(value, dict) else value
        self.notebook.write(str(item))
        return self.function(value)


class Chain:
    """Waits for the one after it, then lets the one before it go."""

    def __init__(self, pairs):
        self.pairs = pairs

    def __call__(self, item):
        if item < len(self.pairs):
            self.pairs[item].attend()
        if item:
            self.pairs[item - 1].attend()
        return drafted(item)


class Failing:
    """Raises for some items."""

    def __init__(self, errors, function):
        self.errors = errors
        self.function = function

    def __call__(self, value):
        item = value["draft"] if isinstance(value, dict) else value
        error = self.errors.get(item)
        if error is None:
            return self.function(value)
        raise {"refusal": Refusal, "key": KeyError}[error](item, "refused")


class FirstFails:
    """The first call of all raises; all others form a crowd."""

    def __init__(self, flag, crowd):
        self.flag = flag
        self.crowd = crowd

    def __call__(self, draft):
        try:
            self.flag.touch(exist_ok=False)  # the first of all processes, whichever it is
        except FileExistsError:
            self.crowd.attend()
            return sealed(draft)
        raise Refusal(draft["draft"], "refused")


class Only:
    """Does its part for one item, and what is usual for all others."""

    def __init__(self, item, part, function):
        self.item = item
        self.part = part
        self.function = function

    def __call__(self, value):
        item = value["draft"] if isinstance(value, dict) else value
        return self.part(value) if item == self.item else self.function(value)


def plain(stage, *, cases):
    """One after the other: (prepare, commit, items, workers)."""
    return [
        stage.submission.guarded_map(CALLABLES[prepare], CALLABLES[commit], items, workers)
        for prepare, commit, items, workers in cases
    ]


def notes(stage, *, items, workers):
    """Who prepares and who commits what."""
    stage.notebook("caller").write("here")
    prepare, commit = Noting(stage.notebook("prepare"), drafted), Noting(stage.notebook("commit"), sealed)
    return stage.submission.guarded_map(prepare, commit, items, workers)


def all_prepare(stage, *, count):
    """Every `prepare` waits until all run at once."""
    prepare = At(stage.meeting("prepare", count), drafted)
    return stage.submission.guarded_map(prepare, sealed, list(range(count)), count)


def too_many_prepare(stage, *, count, workers):
    """Every `prepare` waits a moment for one more than there may be."""
    prepare = At(stage.crowd("prepare", workers + 1), drafted)
    return stage.submission.guarded_map(prepare, sealed, list(range(count)), workers)


def last_prepares_first(stage, *, count):
    """The last item is prepared first, and committed first, if nobody waits."""
    pairs = [stage.meeting(f"items {number} and {number + 1}", 2) for number in range(count - 1)]
    return stage.submission.guarded_map(Chain(pairs), sealed, list(range(count)), count)


def commits_crowd(stage, *, count):
    """All are prepared at once, and each `commit` waits a while for another one."""
    prepare, commit = At(stage.meeting("prepare", count), drafted), At(stage.crowd("commit", 2, patience=6), sealed)
    return stage.submission.guarded_map(prepare, commit, list(range(count)), count)


def commits_crowd_after_a_failure(stage, *, count):
    """As before, when the first commit has raised."""
    with tempfile.TemporaryDirectory() as folder:
        commit = FirstFails(Path(folder) / "flag", stage.crowd("commit", 2, patience=6))
        return stage.submission.guarded_map(drafted, commit, list(range(count)), count)


def failing(stage, *, prepare_errors, commit_errors, count, workers):
    """Some items raise."""
    prepare, commit = Failing(prepare_errors, drafted), Failing(commit_errors, sealed)
    return stage.submission.guarded_map(prepare, commit, list(range(count)), workers)


def last_fails_first(stage, *, count):
    """The commit of the last item raises while the first one is prepared, if commits need not wait for that."""
    place, last = stage.meeting("the failing commit and the first item", 2), count - 1
    prepare = Only(0, At(place, drafted), drafted)
    commit = Only(last, At(place, Failing({last: "refusal"}, sealed)), sealed)
    return stage.submission.guarded_map(prepare, commit, list(range(count)), count)


def by_keyword(stage, *, items):
    """With keywords."""
    return stage.submission.guarded_map(prepare=drafted, commit=sealed, items=items, workers=2)


def in_a_child(stage, *, items):
    """Called in a process that was started by another one."""
    stage.together(child=stage.call("guarded_map", drafted, sealed, items, 2))
