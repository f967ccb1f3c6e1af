"""Workers share lists of a manager under one Condition; who finds nobody busy and nothing left ends all."""

import multiprocessing
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen


def links_of(url: str) -> list[str]:
    """Given: the absolute links of the page at `url` over HTTP, in order; raises OSError or ValueError without a page.

    Your program hands it to `crawl` where it wants to follow real pages; you need not change it.
    """
    try:
        with urlopen(url, timeout=30) as page:
            text = page.read().decode(page.headers.get_content_charset() or "utf-8", "replace")
            parser = _Links(page.url)
    except HTTPError as error:  # it holds the open connection, and could not travel between processes
        error.close()
        raise OSError(f"{url}: {error.code} {error.reason}") from None
    parser.feed(text)
    return parser.links


class _Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag, name) == ("a", "href") and value is not None:
                self.links.append(urljoin(self.url, value))


def work(fetch, ahead, busy, pages, changed):
    while True:
        with changed:
            while len(ahead) == 0 and busy.value > 0:
                changed.wait()
            if len(ahead) == 0:
                return
            address = ahead.pop()
            busy.value += 1
        try:
            links = fetch(address)
        except Exception:
            links = []
        with changed:
            pages[address] = links
            known = pages.keys()
            for link in dict.fromkeys(links):
                if link not in known:
                    pages[link] = []
                    ahead.append(link)
            busy.value -= 1
            changed.notify_all()


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    """The caller is one of the workers."""
    with multiprocessing.Manager() as manager:
        changed = multiprocessing.Condition()
        busy = multiprocessing.Value("i", 0, lock=False)
        shared = (fetch, manager.list([start]), busy, manager.dict({start: []}), changed)
        others = [multiprocessing.Process(target=work, args=shared) for _ in range(workers - 1)]
        for process in others:
            process.start()
        work(*shared)
        for process in others:
            process.join()
        return dict(shared[3])
