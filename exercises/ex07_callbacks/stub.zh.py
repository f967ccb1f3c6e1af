"""ex07 · 异步结果：发出调用，每个调用一完成就得知。

`function` 可以 pickle：模块中的函数、`functools.partial`、带 `__call__` 的实例。`workers` 至少是 1，可能比调用还多。
调用在各自的进程中运行，同时最多 `workers` 个。函数返回或引发异常时，它启动的一切都已结束。
"""


def submit_all(function, arguments: list[tuple], workers: int, on_result, on_error) -> None:
    """对 `arguments` 的每一项调用 `function(*args)`，同时最多 `workers` 个，并送达每个调用的结果或异常。

    在调用者的进程中，每次成功恰好调用一次 `on_result(result)`，每次失败恰好调用一次 `on_error(exception)`，
    都是对应的调用一完成就送达，从不同时运行两个回调（它们不能被 pickle）。全部送达之后返回。如果某个回调引发异常，
    其余的仍全部送达；之后，回调引发的第一个异常到达调用者。
    """
    raise NotImplementedError


def run_until(function, items: list, workers: int, seconds: float) -> tuple[dict, list]:
    """对每个元素调用 `function(item)`；过了 `seconds` 秒时返回 `({item: result}, unfinished)`。

    `items` 的元素可哈希，且互不相等。字典里是从调用 `run_until` 起 `seconds` 秒内完成的；列表里按顺序是没有完成的元素，
    它们的工作已被停止。如果全部完成，就提前返回。调用引发了异常的元素算作完成，它的结果就是那个异常对象。
    """
    raise NotImplementedError
