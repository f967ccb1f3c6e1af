# expect: holds_back_no_other failed holds-back-others
"""The tutorial's crawler: all pages of one level, then all of the next; the slowest one decides."""

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


def attempt(fetch, url):
    try:
        return fetch(url)
    except Exception:
        return []


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    unseen, seen, pages = {start}, set(), {}
    pool = multiprocessing.Pool(workers)
    while unseen:
        crawl_jobs = [(url, pool.apply_async(attempt, args=(fetch, url))) for url in unseen]
        results = [(url, j.get()) for url, j in crawl_jobs]
        seen.update(unseen)
        unseen.clear()
        for url, page_urls in results:
            pages[url] = page_urls
            unseen.update(set(page_urls) - seen)
    pool.close()
    pool.join()
    return pages
