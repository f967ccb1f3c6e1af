# expect: takes_any_callable crashed output-flood
# expect: prints_nothing failed printed-output
"""Prints what it fetches."""

from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
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


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    pages, known = {}, {start}
    with ProcessPoolExecutor(workers) as executor:
        running = {executor.submit(fetch, start): start}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                address = running.pop(future)
                print("fetched", address)
                pages[address] = future.result() if future.exception() is None else []
                for link in pages[address]:
                    if link not in known:
                        known.add(link)
                        running[executor.submit(fetch, link)] = link
    return pages
