"""A pool whose callbacks put what came into a queue of the caller's own threads."""

from html.parser import HTMLParser
from multiprocessing import Pool
from queue import SimpleQueue
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
    found = SimpleQueue()
    pages = {}
    with Pool(workers) as pool:

        def begin(address):
            pages[address] = []
            pool.apply_async(
                fetch,
                (address,),
                callback=lambda links: found.put((address, links)),
                error_callback=lambda error: found.put((address, [])),
            )

        begin(start)
        running = 1
        while running:
            address, links = found.get()
            running -= 1
            pages[address] = links
            for link in links:
                if link not in pages:
                    begin(link)
                    running += 1
        pool.close()
        pool.join()
    return pages
