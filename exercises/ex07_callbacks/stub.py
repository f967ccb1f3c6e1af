"""ex07 · Asynchronous results: hand out calls, and hear of each as soon as it has finished.

`function` can be pickled: a function of a module, a `functools.partial`, an instance with `__call__`. `workers` is 1 or
more, maybe more than there are calls. Calls run in processes of their own, up to `workers` at once. What a function
starts has ended when it returns or raises.
"""


def submit_all(function, arguments: list[tuple], workers: int, on_result, on_error) -> None:
    """Call `function(*args)` for each entry of `arguments`, up to `workers` at once, and deliver what came of it.

    In the caller's process, `on_result(result)` is called once per success and `on_error(exception)` once per failure,
    each as soon as its call has finished, never two callbacks at the same time (they cannot be pickled). Return when
    all have been delivered. If a callback raises, the others are still delivered; then the first such exception reaches
    the caller.
    """
    raise NotImplementedError


def run_until(function, items: list, workers: int, seconds: float) -> tuple[dict, list]:
    """Call `function(item)` for each item; return `({item: result}, unfinished)` when `seconds` have passed.

    `items` are hashable and distinct. The dict holds what finished within `seconds` of the call; the list holds, in
    order, the items that did not, and their work has been stopped. Return early when all have finished. An item whose
    call raised counts as finished, with the exception object as its result.
    """
    raise NotImplementedError
