"""ex09 · 管道中的字节：消息保持原样，外面不包 pickle。

`connection` 是 `multiprocessing.Pipe()` 的一端。帧是任意长度的 bytes 对象，长度可以是 0，作为一条消息传送。
`limit` 至少是 1。
"""


class FrameTooLong(Exception):
    """消息比上限长时，由 `receive_frames` 引发。"""


def send_frames(connection, frames) -> None:
    """把 `frames` 中的每个 bytes 对象作为一条消息发送，然后关闭连接；发送引发异常时也要关闭。"""
    raise NotImplementedError


def receive_frames(connection, limit: int) -> list[bytes]:
    """返回另一端关闭之前的所有消息；然后关闭连接。

    比 `limit` 长的消息引发 FrameTooLong；这种情况下连接也被关闭。
    """
    raise NotImplementedError


def receive_into(connection, buffer: bytearray) -> bytes:
    """把下一条消息接收到 `buffer` 中，并返回这条消息。

    即使缓冲区对它来说太短，返回的消息也是完整的（这时缓冲区的内容不作规定）。缓冲区的长度不变，连接保持打开。
    到结尾时引发 EOFError。
    """
    raise NotImplementedError


def gather(connections: list) -> list[tuple[int, object]]:
    """从所有连接接收对象，哪个就绪就收哪个，直到所有连接的另一端都关闭。

    返回 (下标, 对象) 对，同一连接的各对保持顺序。什么都没发送的连接不拖住其他连接。不关闭任何连接。
    """
    raise NotImplementedError
