# expect: follows_links failed child-left-behind
# expect: fetches_each_once skipped -
# expect: fetches_at_once skipped -
# expect: holds_back_no_other skipped -
# expect: survives_errors skipped -
# expect: takes_any_address skipped -
# expect: takes_any_callable skipped -
# expect: ends_when_all_is_fetched skipped -
# expect: crawls_over_http skipped -
# expect: prints_nothing skipped -
"""The pool is never ended."""

import time
from html.parser import HTMLParser
from multiprocessing import Pool
from multiprocessing.pool import AsyncResult
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


POOLS = []


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    pool = Pool(workers)
    POOLS.append(pool)
    pages: dict[str, list[str]] = {}
    pending: dict[str, AsyncResult] = {start: pool.apply_async(fetch, (start,))}
    while pending:
        time.sleep(0.01)
        for address, result in list(pending.items()):
            if result.ready():
                del pending[address]
                pages[address] = result.get() if result.successful() else []
                for link in pages[address]:
                    if link not in pages and link not in pending:
                        pending[link] = pool.apply_async(fetch, (link,))
    return pages
