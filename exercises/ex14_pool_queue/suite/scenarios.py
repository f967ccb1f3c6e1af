"""Items that ex14 is given: some hold up whoever sends them, some leave a trace in every process that they come to."""

import os

LIKE_A_STOP = ["STOP", "stop", "END", "end", "DONE", "done", "EOF", "EXIT", "quit", "None", "sentinel", "__stop__", -1]


class Late:
    """To pickle it elsewhere than at home takes, the first time, as long as anything else can happen.

    So whoever takes from the queue has begun, and found nothing, before there is anything.
    """

    def __init__(self, place, home):
        self.place = place
        self.home = home

    def __reduce__(self):
        if os.getpid() != self.home:
            self.place.attend()
        return Late, (self.place, self.home)


class Traced:
    """Writes down where it is pickled and where it is made again; the grader knows in which process."""

    def __init__(self, number, sent, received):
        self.number = number
        self.sent = sent
        self.received = received

    def __reduce__(self):
        self.sent.write(str(self.number))
        return made_again, (self.number, self.sent, self.received)


def made_again(number, sent, received):
    """Make the item where it has arrived."""
    received.write(str(number))
    return Traced(number, sent, received)


class Same:
    """An item that knows its number; two of them are never equal."""

    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return False

    def __hash__(self):
        return 1


def brief(item):
    """What is told of an item: large ones by length and beginning, those of ours by name and number."""
    if isinstance(item, bytes) and len(item) > 1000:
        return [len(item), item[:2], item == item[:1] * len(item)]
    if item is ...:
        return "dots"
    if isinstance(item, Late):
        return "the late item"
    if isinstance(item, Same | Traced):
        return f"{type(item).__name__} {item.number}"
    return item


def told(shares):
    """The shares with brief items; anything else as it is."""
    if not isinstance(shares, list):
        return shares
    return [[brief(item) for item in share] if isinstance(share, list) else share for share in shares]


def late(stage, items, readers, patience=1):
    """`relay` with a late item before all others."""
    place = stage.crowd("the late item", 2, patience)
    return told(stage.submission.relay([Late(place, os.getpid()), *items], readers))


def relay_late(stage, *, items, readers, patience=1):
    """Items of the suite, the first one late."""
    return late(stage, items, readers, patience)


def relay_nothing(stage, *, readers):
    """No items at all."""
    return stage.submission.relay([], readers)


def relay_objects(stage, *, count, readers):
    """Items that are equal to nothing, and such that look like the end."""
    return late(stage, [*map(Same, range(count)), ..., *LIKE_A_STOP], readers)


def relay_large(stage, *, sizes, readers):
    """Items of that many bytes."""
    return late(stage, [bytes([size % 256]) * size for size in sizes], readers)


def relay_traced(stage, *, count, readers):
    """Items that leave a trace."""
    stage.notebook("caller").write("here")
    sent, received = stage.notebook("sent"), stage.notebook("received")
    return late(stage, [Traced(number, sent, received) for number in range(count)], readers)


def by_keyword(stage, *, items, readers):
    """With keywords, after an earlier call."""
    stage.submission.relay(items=["earlier"], readers=1)
    first = Late(stage.crowd("the late item", 2), os.getpid())
    return told(stage.submission.relay(items=[first, *items], readers=readers))


def in_a_child(stage, *, readers):
    """Called in a process that was started by another one."""
    stage.together(child=stage.call("relay", [], readers))
