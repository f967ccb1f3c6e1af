"""ex11 · Value, Array, shared memory: several processes, the same bytes."""


def add_to_bins(array, indices) -> None:
    """Add 1 to `array[i]` for each index `i` in `indices`, as often as it stands there.

    `array` is made by `multiprocessing.Array(type, n)`. Others add to it meanwhile, and they use the array's own
    (re-entrant) lock for that: no addition is lost, neither yours nor theirs.
    """
    raise NotImplementedError


def histogram(values: list[int], bins: int, workers: int) -> list[int]:
    """Return how often each of the numbers `0 .. bins-1` occurs in `values`, counted by `workers` processes.

    All values are in that range. `bins` is 0 only if there are no values; there may be more workers than values.
    """
    raise NotImplementedError


def scale_shared(name: str, length: int, factor: int, workers: int) -> None:
    """Multiply `length` integers in the SharedMemory block `name` by `factor`, in `workers` processes.

    The block belongs to the caller. It begins with `length` (0 or more) signed 64-bit integers in native order, and it
    may be larger. The processes work on the block itself; all products fit. The rest of the block is untouched, and the
    block is still there for its owner afterwards.
    """
    raise NotImplementedError
