"""ex05 · Results in order: the same function for many items, in several processes.

`function` takes one argument and can be pickled: a function of a module, a `functools.partial`, an instance with
`__call__`. `items` is a list of values that can be pickled, maybe empty, maybe shorter than `workers`. `workers` is 1
or more. Whatever a function starts has ended when it returns or raises.
"""

from collections.abc import Generator


def map_in_order(function, items, workers: int) -> list:
    """Return `function(item)` for every item, in the order of `items`, whatever finishes first.

    The results are computed in parallel by `workers` processes: with no more items than workers, all calls can wait
    for each other. With more, a process may take chunks of neighbouring items. An exception of `function` reaches the
    caller.
    """
    raise NotImplementedError


def map_as_finished(function, items, workers: int) -> Generator[tuple[int, object], None, None]:
    """Yield `(position, result)` for every item as soon as its call has finished: one slow item holds back no other.

    An exception of `function` is raised in its turn, and nothing follows it. After that, or after `close()`, no process
    is left; waiting for calls that are running is allowed. What is returned is a generator, or an iterator that has
    `close()`. (`function` does not raise StopIteration here.)
    """
    raise NotImplementedError


def map_safely(function, items, workers: int) -> list:
    """As `map_in_order`, with the exception object in the place of a result that failed, StopIteration too."""
    raise NotImplementedError
