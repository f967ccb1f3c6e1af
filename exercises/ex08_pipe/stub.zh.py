"""ex08 · 请求与应答：通过管道对话的两个进程。

`connection` 是 `multiprocessing.Pipe()` 的一端。`handler` 接受一个请求，可以 pickle：模块中的函数、
`functools.partial`、带 `__call__` 的实例。请求和应答是任何可以 pickle 的值，包括 None 和几兆字节的值。
函数返回或引发异常时，它启动的一切都已结束。
"""


def serve(connection, handler) -> int:
    """对每个请求以 `handler(request)` 应答；另一端关闭时，返回收到的请求个数。

    如果处理函数引发异常，应答就是那个异常对象。没读完应答就离开的对方，同样关闭了它那一端：
    由此引发的 `ConnectionError` 不是错误。连接本身保持打开。
    """
    raise NotImplementedError


def ask_all(handler, requests) -> list:
    """在子进程中运行 `serve`，通过管道把所有请求发给它，并按顺序返回应答。

    子进程自己结束，退出码为 0。
    """
    raise NotImplementedError
