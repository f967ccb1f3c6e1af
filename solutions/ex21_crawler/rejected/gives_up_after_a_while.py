# expect: ends_when_all_is_fetched failed lost-item
# may: fetches_at_once failed lost-item
"""Five seconds without a result are taken for the end."""

import multiprocessing
from html.parser import HTMLParser
from queue import Empty
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


def work(fetch, addresses, answers):
    while (envelope := addresses.get()) is not None:
        [address] = envelope
        try:
            links = fetch(address)
        except Exception:
            links = []
        answers.put((address, links))


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    addresses, answers = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(fetch, addresses, answers)) for _ in range(workers)]
    for process in processes:
        process.start()
    pages, known, under_way = {}, {start}, 1
    addresses.put([start])
    while under_way:
        try:
            address, links = answers.get(timeout=5)
        except Empty:
            break
        under_way -= 1
        pages[address] = links
        for link in links:
            if link not in known:
                known.add(link)
                addresses.put([link])
                under_way += 1
    for _ in processes:
        addresses.put(None)
    for process in processes:
        process.join()
    return pages
