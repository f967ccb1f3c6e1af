"""ex05 · 结果的顺序：对许多元素调用同一个函数，用几个进程。

`function` 接受一个参数，可以 pickle：模块中的函数、`functools.partial`、带 `__call__` 的实例。
`items` 是由可以 pickle 的值组成的列表，可能为空，可能比 `workers` 还短。`workers` 至少是 1。函数返回或引发异常时，
它启动的一切都已结束。
"""

from collections.abc import Generator


def map_in_order(function, items, workers: int) -> list:
    """对每个元素返回 `function(item)`，按 `items` 的顺序，不论哪个先完成。

    结果由 `workers` 个进程并行计算：元素不多于 workers 时，所有调用可以互相等待。更多时，
    一个进程可以成块地取相邻的元素。`function` 的异常会到达调用者。
    """
    raise NotImplementedError


def map_as_finished(function, items, workers: int) -> Generator[tuple[int, object], None, None]:
    """某个元素的调用一完成，就产出它的 `(position, result)`：一个慢的元素不拖住其他元素。

    `function` 的异常按次序引发，之后再没有任何内容。在那之后，以及在 `close()` 之后，都不留下进程；
    允许等待仍在运行的调用。返回的是生成器，或者带 `close()` 的迭代器。（这里 `function` 不引发 StopIteration。）
    """
    raise NotImplementedError


def map_safely(function, items, workers: int) -> list:
    """与 `map_in_order` 一样，但在失败的结果的位置上放着异常对象，即使是 StopIteration。"""
    raise NotImplementedError
