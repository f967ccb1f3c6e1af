"""ex11 · Value、Array、共享内存：几个进程，同样的字节。"""


def add_to_bins(array, indices) -> None:
    """对 `indices` 中的每个下标 `i`，给 `array[i]` 加 1，出现几次就加几次。

    `array` 由 `multiprocessing.Array(type, n)` 建立。这期间别人也在往上加，他们为此使用数组自带的（可重入的）锁：
    无论你的还是他们的加法，一次都不丢失。
    """
    raise NotImplementedError


def histogram(values: list[int], bins: int, workers: int) -> list[int]:
    """返回 `0 .. bins-1` 中的每个数在 `values` 里出现了多少次，由 `workers` 个进程统计。

    所有的值都在这个范围内。只有当一个值也没有时，`bins` 才可能是 0；worker 可能比值还多。
    """
    raise NotImplementedError


def scale_shared(name: str, length: int, factor: int, workers: int) -> None:
    """把 SharedMemory 内存块 `name` 中的 `length` 个整数乘以 `factor`，由 `workers` 个进程完成。

    内存块属于调用者。它以 `length`（0 或更大）个本机字节序的 64 位有符号整数开头，还可能更大。
    各个进程直接在内存块里工作；所有乘积都不会溢出。内存块的其余部分保持不变，之后内存块仍然留给它的主人。
    """
    raise NotImplementedError
