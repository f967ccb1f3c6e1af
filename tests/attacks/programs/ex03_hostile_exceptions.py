# Raises exceptions whose parts raise, are huge, or steer a terminal.
class Silent(Exception):
    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __str__

    def __reduce__(self):
        import os

        return os._exit, (0,)


class Huge(Exception):
    def __str__(self):
        return "\x1b]0;owned\x07\x1b[2J\u202e<script>alert(1)</script>{0}{what}%s" * 100_000


Huge.__name__ = Huge.__qualname__ = "Trouble\x1b[31m\u202e"
Huge.__module__ = "scenarios"


class Endless(Exception):
    def __getattribute__(self, name):
        raise SystemExit(0)


def add_many(counter, lock, times):
    raise Silent("x", Silent())


def update(counter, lock, change):
    raise Huge("\x1b[31m", b"\x00" * 100)


def add_results(counter, lock, jobs):
    raise Endless


def count_together(workers, times):
    return Huge(Silent())
