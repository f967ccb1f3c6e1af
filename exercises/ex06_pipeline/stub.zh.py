"""ex06 · 生产者与消费者：几个进程放入，几个进程取走，并且大家都知道什么时候结束。

`work` 和 `make` 接受一个参数，可以 pickle：模块中的函数、`functools.partial`、带 `__call__` 的实例。
元素和结果是任何可以 pickle 的值：None、False、0、"" 和 [] 都是元素，几兆字节的值也是。函数返回或抛出异常时，
它启动的一切都已结束。
"""


def pipeline(sources: list[list], work, consumers: int) -> list:
    """对每个源的每个元素返回 `work(item)`，顺序不限。

    每个源有一个生产者进程，把它的元素放到共享的队列上；`consumers` 个进程取出元素并计算 `work(item)`，
    它可以在所有这些进程中同时运行。每个生产者和消费者都自己结束，退出码为 0。

    如果 `work` 抛出异常，抛出的异常中有一个到达调用者（其他元素是否继续处理，由你决定）；那时所有进程也都会结束。
    """
    raise NotImplementedError


def paced_pipeline(make, count: int, work, capacity: int) -> list:
    """对 n = 0 ... count - 1 返回 `work(make(n))`，按顺序。

    一个生产者进程调用 `make`，一个消费者进程调用 `work`。任何时刻，已开始（已调用 `make`）而未完成（`work` 尚未返回）
    的元素都不超过 `capacity + 2` 个；`capacity` 至少是 1。如果 `make` 或 `work` 抛出异常，异常到达调用者，
    两个进程都会结束。
    """
    raise NotImplementedError
