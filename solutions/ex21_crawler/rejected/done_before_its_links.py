# expect: fetches_at_once failed serial-not-parallel
# may: holds_back_no_other failed holds-back-others
"""Wrong: says that a page is done before it says where that leads: who waits meanwhile takes that for the end."""

import multiprocessing
import threading
from multiprocessing.managers import BaseManager
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


class Frontier:
    def __init__(self, start):
        self.change = threading.Condition()
        self.ahead = [start]
        self.known = {start}
        self.busy = 0
        self.pages = {}

    def claim(self):
        with self.change:
            while not self.ahead and self.busy:
                self.change.wait()
            if not self.ahead:
                return None
            self.busy += 1
            return (self.ahead.pop(),)

    def finish(self, url, links):
        with self.change:
            self.pages[url] = links
            for link in links:
                if link not in self.known:
                    self.known.add(link)
                    self.ahead.append(link)
            self.change.notify_all()

    def leave(self):
        with self.change:
            self.busy -= 1
            self.change.notify_all()

    def result(self):
        return self.pages


class Kingdom(BaseManager):
    pass


Kingdom.register("Frontier", Frontier)


class Spider(multiprocessing.Process):
    def __init__(self, frontier, fetch):
        super().__init__()
        self.frontier, self.fetch = frontier, fetch

    def run(self):
        while claimed := self.frontier.claim():
            (url,) = claimed
            try:
                links = self.fetch(url)
            except Exception:
                links = []
            self.frontier.leave()
            self.frontier.finish(url, links)


def crawl(start, fetch, workers):
    with Kingdom() as kingdom:
        frontier = kingdom.Frontier(start)
        spiders = [Spider(frontier, fetch) for _ in range(workers)]
        for spider in spiders:
            spider.start()
        for spider in spiders:
            spider.join()
        return frontier.result()._getvalue() if hasattr(frontier.result(), "_getvalue") else frontier.result()
