"""A coroutine per page, awaiting a call in an executor of processes."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
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


async def follow(address, call, pages):
    pages[address] = []
    try:
        pages[address] = await call(address)
    except Exception:
        return
    async with asyncio.TaskGroup() as group:
        for link in pages[address]:
            if link not in pages:
                pages[link] = []
                group.create_task(follow(link, call, pages))


async def follow_all(start, fetch, executor):
    loop, pages = asyncio.get_running_loop(), {}
    await follow(start, lambda address: loop.run_in_executor(executor, fetch, address), pages)
    return pages


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    with ProcessPoolExecutor(max_workers=workers) as executor:
        return asyncio.run(follow_all(start, fetch, executor))
