"""ex02 · 用队列传递元素：不等待地放入，以及从子进程接收。

`queue` 是 `multiprocessing.Queue` 或 `JoinableQueue`（有界或无界），或者 Manager 的 `Queue`；别人可能同时在使用它。
任何可以 pickle 的值都可以是元素：None、False、0、"" 和 [] 都是元素，几兆字节的值也是。
"""


def offer(queue, items) -> list:
    """按顺序把列表中的元素放到队列上，从不等待。

    按顺序返回那些没有空位的元素。每个元素尝试一次；一个被拒绝不会终止整个过程。
    """
    raise NotImplementedError


def send_through(items: list) -> list:
    """由一个子进程把每个元素放到一个队列上；全部收下，按顺序返回。

    在每种启动方式下都能工作，不留下任何进程，不打印任何内容。
    """
    raise NotImplementedError
