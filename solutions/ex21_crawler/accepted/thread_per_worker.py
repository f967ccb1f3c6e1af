"""A thread in the caller for each worker process; the threads share plain sets."""

import threading
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


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    changed = threading.Condition()
    pages, ahead = {start: []}, [start]
    busy = 0

    def drive(pool):
        nonlocal busy
        while True:
            with changed:
                changed.wait_for(lambda: ahead or not busy)
                if not ahead:
                    return
                address = ahead.pop()
                busy += 1
            try:
                links = pool.apply(fetch, (address,))
            except Exception:
                links = []
            with changed:
                pages[address] = links
                for link in links:
                    if link not in pages:
                        pages[link] = []
                        ahead.append(link)
                busy -= 1
                changed.notify_all()

    with Pool(workers) as pool:
        threads = [threading.Thread(target=drive, args=(pool,)) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pool.close()
        pool.join()
    return pages
