"""A class: each worker has a pipe of its own, and gets the next address when it has answered."""

from html.parser import HTMLParser
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait
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


class Worker(Process):
    def __init__(self, fetch):
        super().__init__()
        self.fetch = fetch
        self.mine, self.theirs = Pipe()

    def run(self):
        self.mine.close()
        for address in iter(self.theirs.recv, None):
            try:
                answer = self.fetch(address)
            except Exception:
                answer = []
            self.theirs.send(answer)

    def __enter__(self):
        self.start()
        self.theirs.close()
        return self

    def __exit__(self, *error):
        self.mine.send(None)
        self.join()
        self.mine.close()


class Crawler:
    def __init__(self, start, staff):
        self.pages = {start: None}
        self.ahead = [start]
        self.idle = list(staff)
        self.busy = {}

    def hand_out(self):
        while self.ahead and self.idle:
            worker, address = self.idle.pop(), self.ahead.pop()
            worker.mine.send(address)
            self.busy[worker.mine] = worker, address

    def take_in(self):
        for end in wait(list(self.busy)):
            worker, address = self.busy.pop(end)
            self.pages[address] = end.recv()
            self.idle.append(worker)
            for link in self.pages[address]:
                if link not in self.pages:
                    self.pages[link] = None
                    self.ahead.append(link)

    def run(self):
        while self.ahead or self.busy:
            self.hand_out()
            self.take_in()
        return self.pages


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    staff = []
    try:
        for _ in range(workers):
            staff.append(Worker(fetch).__enter__())
        return Crawler(start, staff).run()
    finally:
        for worker in staff:
            worker.__exit__()
