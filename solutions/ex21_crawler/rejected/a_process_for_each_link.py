# expect: fetches_at_once failed too-many-at-once
"""Begins a process for every page as soon as it is found."""

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


def fetch_one(fetch, address, end):
    try:
        links = fetch(address)
    except Exception:
        links = []
    end.send(links)
    end.close()


def begin(fetch, address):
    mine, theirs = Pipe(duplex=False)
    process = Process(target=fetch_one, args=(fetch, address, theirs))
    process.start()
    theirs.close()
    return mine, process


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    pages = {start: []}
    end, process = begin(fetch, start)
    running = {end: (start, process)}
    while running:
        for end in wait(list(running)):
            address, process = running.pop(end)
            pages[address] = end.recv()
            process.join()
            end.close()
            for link in pages[address]:
                if link not in pages:
                    pages[link] = []
                    mine, process = begin(fetch, link)
                    running[mine] = link, process
    return pages
