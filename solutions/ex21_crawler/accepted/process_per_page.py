"""A process for every page, not more than `workers` at a time; each leaves its links in a pipe."""

import multiprocessing as mp
from html.parser import HTMLParser
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
    mine, theirs = mp.Pipe(duplex=False)
    process = mp.Process(target=fetch_one, args=(fetch, address, theirs))
    process.start()
    theirs.close()
    return mine, process


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    pages, ahead, running = {start: []}, [start], {}
    while ahead or running:
        while ahead and len(running) < workers:
            address = ahead.pop(0)
            end, process = begin(fetch, address)
            running[end] = address, process
        for end in wait(list(running)):
            address, process = running.pop(end)
            pages[address] = end.recv()
            process.join()
            process.close()
            end.close()
            new = [link for link in dict.fromkeys(pages[address]) if link not in pages]
            pages.update((link, []) for link in new)
            ahead += new
    return pages
