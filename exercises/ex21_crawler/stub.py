"""ex21 · A crawler of several processes: follow links until there is nothing left to fetch.

`fetch` takes an address and can be pickled: a function of a module, a `functools.partial`, an instance with `__call__`.
`workers` is 1 or more. Whatever the function starts has ended when it returns.
"""

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
    """Follow links from `start`; return for each address what `fetch(address)` gave, `[]` for one that raised.

    `fetch(address)` returns the list of the links of a page. It is called in up to `workers` processes at once, and
    each address is fetched exactly once, whatever links to it and in whatever circle. A slow page holds back no other,
    however deep they lie. Addresses are compared as strings, nothing is normalised, `""` is an address. It ends by
    itself when there is nothing left to fetch.
    """
    raise NotImplementedError
