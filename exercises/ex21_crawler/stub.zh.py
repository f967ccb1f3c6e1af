"""ex21 · 多进程爬虫：跟随链接，直到再没有可获取的页面。

`fetch` 接受一个地址，可以 pickle：模块中的函数、`functools.partial`、带 `__call__` 的实例。`workers` 至少是 1。
函数返回时，它启动的一切都已结束。
"""

from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen


def links_of(url: str) -> list[str]:
    """已经给出：通过 HTTP 得到 `url` 处页面的绝对链接，按顺序；没有页面时引发 OSError 或 ValueError。

    想跟随真实的页面时，由你的程序把它交给 `crawl`；你不需要修改它。
    """
    try:
        with urlopen(url, timeout=30) as page:
            text = page.read().decode(page.headers.get_content_charset() or "utf-8", "replace")
            parser = _Links(page.url)
    except HTTPError as error:  # 它持有打开的连接，而且无法在进程之间传递
        error.close()
        raise OSError(f"{url}: {error.code} {error.reason}") from None
    parser.feed(text)
    return parser.links


class _Links(HTMLParser):
    """收集一个页面的链接通向哪里。"""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag, name) == ("a", "href") and value is not None:
                self.links.append(urljoin(self.url, value))


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    """从 `start` 开始跟随链接；对每个地址返回 `fetch(address)` 给出的内容，引发异常的是 `[]`。

    `fetch(address)` 返回一个页面的链接列表。它最多同时在 `workers` 个进程中被调用，每个地址恰好获取一次，
    无论哪些页面链接到它，也无论怎样成环。慢的页面不拖住其他页面，无论其他页面有多深。地址按字符串比较，不做任何规范化，
    `""` 也是一个地址。没有可获取的页面时，它自己结束。
    """
    raise NotImplementedError
