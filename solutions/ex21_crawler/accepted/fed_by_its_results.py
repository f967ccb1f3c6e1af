"""One `imap_unordered` over a generator that waits for what its own results bring."""

import queue
from functools import partial
from html.parser import HTMLParser
from multiprocessing import Pool
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


def attempt(fetch, address):
    try:
        return address, fetch(address)
    except Exception:
        return address, []


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    ahead = queue.Queue()
    over = object()
    known, pages = {start}, {}
    ahead.put(start)
    with Pool(workers) as pool:
        for address, links in pool.imap_unordered(partial(attempt, fetch), iter(ahead.get, over)):
            pages[address] = links
            for link in dict.fromkeys(links):
                if link not in known:
                    known.add(link)
                    ahead.put(link)
            if len(pages) == len(known):
                ahead.put(over)
        pool.close()
        pool.join()
    return pages
