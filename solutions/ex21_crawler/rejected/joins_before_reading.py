# expect: takes_any_callable hung join-before-drain
"""Waits for the workers before it reads what they have put."""

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


def work(fetch, ahead, known, lock, answers):
    while (envelope := ahead.get()) is not None:
        [address] = envelope
        try:
            links = fetch(address)
        except Exception:
            links = []
        answers.put((address, links))
        with lock:
            for link in links:
                if link not in known:
                    known[link] = True
                    ahead.put([link])
        ahead.task_done()


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    with multiprocessing.Manager() as manager:
        ahead, known, lock = multiprocessing.JoinableQueue(), manager.dict({start: True}), multiprocessing.Lock()
        answers = multiprocessing.Queue()
        ahead.put([start])
        shared = (fetch, ahead, known, lock, answers)
        processes = [multiprocessing.Process(target=work, args=shared) for _ in range(workers)]
        for process in processes:
            process.start()
        ahead.join()
        for _ in processes:
            ahead.put(None)
        for process in processes:
            process.join()
        return dict(answers.get() for _ in range(len(known)))
