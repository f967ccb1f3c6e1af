"""The sites that ex21 crawls, and what fetching a page of them does; no expected value stands here."""

import contextlib
import functools
import http.server
import multiprocessing
import os
import queue
import tempfile
import time
from pathlib import Path


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, address, reason):
        super().__init__(address, reason)
        self.address = address
        self.reason = reason


ERRORS = {
    "refusal": Refusal,
    "key": KeyError,
    "value": ValueError,
    "timeout": TimeoutError,
    "end": EOFError,
    "empty": queue.Empty,
    "full": queue.Full,
    "pipe": BrokenPipeError,
}


END = "end"


class Site:
    """Pages and their links: writes down which page is fetched, by its number, and gives its links.

    `failing` says what is raised for which address, `places` where a page waits before its links are there. If a page
    takes seconds, their end is written down, too.
    """

    def __init__(self, pages, book, *, failing=None, places=None, seconds=0):
        self.pages = pages
        self.book = book
        self.failing = failing or {}
        self.places = places or {}
        self.seconds = seconds

    def __call__(self, address):
        self.book.write(number_of(self.pages, address))
        if self.seconds:
            time.sleep(self.seconds)
            self.book.write(END)
        if address in self.places:
            self.places[address].attend()
        if address in self.failing:
            raise ERRORS[self.failing[address]](address, "refused")
        return list(self.pages[address])


def first_of(pages):
    """Where to start."""
    return next(iter(pages))


def number_of(pages, address):
    """Where the address stands among those that there are, as a text; what there is not is told as it is."""
    known = list(pages)
    return str(known.index(address)) if address in known else f"no page {address[:60]!r}"


class LastOfMany:
    """A place where whoever comes last goes on to another one; the others only leave a mark."""

    def __init__(self, path, count, place):
        self.path = path
        self.count = count
        self.place = place

    def attend(self):
        """The place in the file after the mark says how many marks there are now, this one included."""
        with Path(self.path).open("ab", buffering=0) as marks:
            marks.write(b".")
            came = marks.tell()
        if came == self.count:
            self.place.attend()


PLAIN = {"a": ["b", "c"], "b": [], "c": ["b", "d"], "d": ["a"]}


def plainly(address):
    """Fetching as a function of a module."""
    return PLAIN[address]


def look_up(pages, address):
    """Fetching as `functools.partial`."""
    return pages[address]


def crawl(stage, *, pages, workers, failing=None):
    """Crawl a site where every page is there at once, or raises at once."""
    return stage.submission.crawl(first_of(pages), Site(pages, stage.notebook("pages"), failing=failing), workers)


def crawl_by_keyword(stage, *, pages, workers):
    """The same, called with keywords."""
    site = Site(pages, stage.notebook("pages"))
    return stage.submission.crawl(start=first_of(pages), fetch=site, workers=workers)


def crawl_slowly(stage, *, pages, workers, seconds):
    """Every page takes its time."""
    return stage.submission.crawl(first_of(pages), Site(pages, stage.notebook("pages"), seconds=seconds), workers)


def crawl_with_callables(stage, *, pages, workers):
    """Fetching is a function, and something else than an instance."""
    crawl_it = stage.submission.crawl
    return [crawl_it("a", plainly, workers), crawl_it(first_of(pages), functools.partial(look_up, pages), workers)]


def crawl_together(stage, *, pages, workers, pair):
    """The two pages are there at the same moment."""
    meeting = stage.meeting("two pages", 2)
    site = Site(pages, stage.notebook("pages"), places=dict.fromkeys(pair, meeting))
    return stage.submission.crawl(first_of(pages), site, workers)


def crawl_large(stage, *, sizes, workers):
    """The addresses are as long as that; told by their length."""
    links = ["x" * size for size in sizes]
    pages = {"start": links, **{link: ["start"] for link in links}}
    site = Site(pages, stage.notebook("pages"))
    crawled = stage.submission.crawl("start", site, workers)
    if not isinstance(crawled, dict):
        return crawled
    return {brief(address): [brief(link) for link in links] for address, links in crawled.items()}


def brief(address):
    """An address that is too long to be told, by its length."""
    return address if len(address) < 100 else f"{len(address)} letters"


def all_meet(stage, *, pages, workers, those):
    """Those pages wait until as many are fetched at once as there are workers."""
    places = dict.fromkeys(those, stage.meeting("pages", workers))
    site = Site(pages, stage.notebook("pages"), places=places)
    return stage.submission.crawl(first_of(pages), site, workers)


def all_meet_again(stage, *, pages, workers, late, groups):
    """The pages of each group wait for each other; the late ones keep everybody waiting who would fetch the next."""
    places = {page: stage.crowd(f"late {number}", 2) for number, page in enumerate(late)}
    for number, group in enumerate(groups):
        places |= dict.fromkeys(group, stage.meeting(f"group {number}", workers))
    site = Site(pages, stage.notebook("pages"), places=places)
    return stage.submission.crawl(first_of(pages), site, workers)


def crowd_together(stage, *, pages, workers, those):
    """Each of those pages waits a moment for one more than may be fetched at once."""
    places = dict.fromkeys(those, stage.crowd("pages", workers + 1))
    site = Site(pages, stage.notebook("pages"), places=places)
    return stage.submission.crawl(first_of(pages), site, workers)


def slow_and_last(stage, *, pages, workers, slow, last):
    """The slow pages are there when the last one of the others is being fetched."""
    meeting = stage.meeting("slow and last", len(slow) + 1)
    site = Site(pages, stage.notebook("pages"), places=dict.fromkeys([*slow, last], meeting))
    return stage.submission.crawl(first_of(pages), site, workers)


def slow_and_all(stage, *, pages, workers, slow, others):
    """The slow page is there when all others are being fetched or have been."""
    meeting = stage.meeting("slow and last", 2)
    with tempfile.TemporaryDirectory() as folder:
        last = LastOfMany(str(Path(folder) / "marks"), len(others), meeting)
        places = {**dict.fromkeys(others, last), slow: meeting}
        site = Site(pages, stage.notebook("pages"), places=places)
        return stage.submission.crawl(first_of(pages), site, workers)


class Pages(http.server.BaseHTTPRequestHandler):
    """Serves texts by their paths, and writes each request down."""

    def do_GET(self):
        """Answer with a page, or with 404."""
        self.server.book.write(self.path)
        text = self.server.texts.get(self.path)
        if text is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments):
        """Print nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Room for all who come at once."""

    request_queue_size = 32
    daemon_threads = True

    def server_bind(self):
        """Without asking for the host's name."""
        super(http.server.HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address


def serve_pages(texts, book, told):
    """Body of the server's process: tell the port, and answer until it is ended."""
    with Server(("127.0.0.1", 0), Pages) as server:
        server.texts, server.book = texts, book
        told.send(server.server_port)
        told.close()
        while True:
            server.handle_request()


@contextlib.contextmanager
def serving(texts, book):
    """A server on the loopback; gives the beginning of its addresses."""
    heard, told = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=serve_pages, args=(texts, book, told))
    process.start()
    told.close()
    try:
        yield f"http://127.0.0.1:{heard.recv()}"
    finally:
        heard.close()
        process.kill()
        process.join()
        process.close()


def crawl_over_http(stage, *, texts, workers):
    """`links_of` as the submission has it, by itself and for the whole site; addresses without their beginning."""
    os.environ["no_proxy"] = "*"
    links_of = stage.submission.links_of
    with serving(texts, stage.notebook("requests")) as base:
        links = links_of(f"{base}/")
        crawled = stage.submission.crawl(f"{base}/", links_of, workers)
    found = [without(base, link) for link in links] if isinstance(links, list) else links
    if not isinstance(crawled, dict):
        return [found, crawled]
    return [found, {without(base, page): [without(base, link) for link in to] for page, to in crawled.items()}]


def without(base, address):
    """The path of an address of this server; what is none stays as it is."""
    return address.removeprefix(base) if isinstance(address, str) else address
