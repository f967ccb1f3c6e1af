# expect: fetches_at_once failed serial-not-parallel
# expect: holds_back_no_other failed -
# expect: ends_when_all_is_fetched failed -
"""A worker that finds nothing ahead takes it for the end, while others are still fetching what leads to more."""

from html.parser import HTMLParser
from multiprocessing import Manager, Process
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


def work(fetch, ahead, pages, lock):
    while True:
        with lock:
            if len(ahead) == 0:
                return
            address = ahead.pop(0)
        try:
            links = fetch(address)
        except Exception:
            links = []
        with lock:
            pages[address] = links
            for link in links:
                if link not in pages:
                    pages[link] = []
                    ahead.append(link)


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    with Manager() as manager:
        ahead, pages, lock = manager.list([start]), manager.dict({start: []}), manager.Lock()
        processes = [Process(target=work, args=(fetch, ahead, pages, lock)) for _ in range(workers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return dict(pages)
