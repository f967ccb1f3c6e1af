"""ex04 · 等待，但不是永远：`queue.Full` 与 `queue.Empty`。

`queue` 是 `multiprocessing.Queue` 或 `JoinableQueue`（有界或无界），或者 Manager 的 `Queue`。`seconds` 是整数或浮点数，
绝不为负，可以是 0。任何可以 pickle 的值都可以是元素：None、False、0、"" 和 [] 也都是元素。
"""


def put_or_fail(queue, item, seconds: float) -> None:
    """把 `item` 放到队列上；没有空位时，最多等待 `seconds` 秒。

    如果这段时间内一直没有空位，引发标准库的 `queue.Full`。
    """
    raise NotImplementedError


def put_within(queue, items, seconds: float) -> list:
    """按顺序尝试列表 `items` 中的每个元素，每个最多 `seconds` 秒。

    按顺序返回没有放进去的元素。一个没放进去不会结束整个过程。
    """
    raise NotImplementedError


def get_within(queue, seconds: float, default=None):
    """返回队列的下一个元素；如果 `seconds` 秒内没有元素到来，返回 `default`。"""
    raise NotImplementedError


def collect_for(queue, seconds: float) -> list:
    """按顺序返回总共 `seconds` 秒内到达的所有元素。

    时间到时队列中的内容要么返回，要么留在队列中，绝不丢失。`seconds=0` 时，返回队列中已有的内容。
    """
    raise NotImplementedError
