"""What the contract of ex21 promises, one check per promise.

Fetching writes down its page, in a book that the examiner keeps: so it is known what was fetched, and how often. Pages
that are slow wait for others; a program that cannot bring their meeting about is not kept waiting, and `met` tells.
"""

import scenarios

from grader.suite.expect import expect

FEW = 15  # schedules
FEWER = 4  # where a program that polls takes hundreds of turns
SECONDS = 7  # virtual ones: more than anybody should give up after, or look only after
MANY = 40
LARGE = 700_000


def expect_crawled(episode, pages, *, failing=()):
    """Each page was fetched once, and what each fetch gave came back."""
    value = episode.value  # what was raised tells more than what was not fetched any more
    episode.check_left_behind()
    expect_fetched(episode, pages)
    expected = {address: [] if address in failing else links for address, links in pages.items()}
    lost = isinstance(value, dict) and len(value) < len(expected)
    label, zh = "what crawl returned", "crawl 的返回值"
    expect(value, label, zh=zh, fact="lost-item" if lost else None).exactly(expected)


def must_return(episode):
    """Fail with what was raised, if something was; without it, nobody could meet."""
    return episode.value


def expect_fetched(episode, pages):
    """By its address where there is such a page: every page stands there once."""
    known = {str(number): address for number, address in enumerate(pages)}
    fetched = [known.get(text, text) for _, text in episode.notes["pages"] if text != scenarios.END]
    twice = len(fetched) > len(set(fetched))
    lost = len(fetched) < len(pages)
    label, zh = "which pages were fetched, in any order", "获取了哪些页面（顺序不限）"
    fact = "item-twice" if twice else "lost-item" if lost else None
    expect(fetched, label, zh=zh, fact=fact).permutation_of(list(pages))


def expect_met(episode, place, number, *, fact, most=False):
    label, zh = "fetches that ran at once", "同时进行的获取数"
    seen = expect(episode.met.get(place), label, zh=zh, fact=fact)
    if most:
        seen.at_most(number)
    else:
        seen.exactly(number)


def addresses(program, count):
    """Some addresses of a site of this attempt."""
    site = program.draw(100, 999)
    return [f"http://site{site}.example/{number}" for number in range(count)]


def tree(names):
    """Each page links to two others, as long as there are some; nothing is linked twice."""
    return {name: names[2 * at + 1 : 2 * at + 3] for at, name in enumerate(names)}


def chain(names):
    """Each page links to the next one."""
    return {name: names[at + 1 : at + 2] for at, name in enumerate(names)}


def shuffled(program, names):
    """The same in another order in each attempt."""
    rest = list(names)
    return [rest.pop(program.draw(0, len(rest) - 1)) for _ in names]


def test_follows_links(program):
    """Every page that links lead to is fetched, and what each gave is returned, for any number of workers."""
    names = addresses(program, program.draw(20, 25))
    for episode in program.everywhere(scenarios.crawl, pages=tree(names), workers=3):
        expect_crawled(episode, tree(names))
    deep = chain(names[:6])
    expect_crawled(program.play(scenarios.crawl, pages=deep, workers=1), deep)
    few = tree(names[:2])
    expect_crawled(program.play(scenarios.crawl, pages=few, workers=5), few)


def tangle(program, names):
    """Links there and back, to itself, to the start, and the same one more than once; all can be reached."""
    pages = {}
    for at, name in enumerate(names):
        more = [names[program.draw(0, len(names) - 1)] for _ in range(4)]
        pages[name] = [*names[at + 1 : at + 2] * 2, name, names[0], *more]
    return pages


def test_fetches_each_once(program, explore):
    """Each page is fetched once, however many pages link to it, in circles and at the same moment."""
    start, first, second, shared, *names = addresses(program, 4 + MANY)
    small = {start: [first, second], first: [shared], second: [shared, start], shared: []}
    given = {"workers": 2, "preemptions": 1, "cap": FEW, "methods": ["spawn"]}
    for episode in explore(scenarios.crawl_slowly, pages=small, seconds=0.2, probes={"seconds": 0}, **given):
        expect_crawled(episode, small)
    wide = {start: [first, second], first: names, second: names, **{name: [first] for name in names}}
    pair = [first, second]
    for _ in range(2):
        expect_crawled(program.play(scenarios.crawl_together, pages=wide, workers=2, pair=pair), wide)
    tangled = tangle(program, names[:15])
    expect_crawled(program.play(scenarios.crawl, start_method="forkserver", pages=tangled, workers=3), tangled)


def test_fetches_at_once(program):
    """`workers` pages can be fetched at once, in processes of their own, and never more."""
    start, *names = addresses(program, 7)
    parents, children = names[:3], names[3:]
    pages = {start: parents, **{parent: [child] for parent, child in zip(parents, children, strict=True)}}
    pages |= {child: [start] for child in children}
    given = {"pages": pages, "workers": 3}
    for episode in program.everywhere(scenarios.all_meet, those=children, **given):
        expect_crawled(episode, pages)
        expect_met(episode, "pages", 3, fact="serial")
    expect_all_wait_for_more(program)
    workers = program.draw(1, 2)
    crowd = program.play(scenarios.crowd_together, those=[*parents, *children], pages=pages, workers=workers)
    expect_crawled(crowd, pages)
    expect_met(crowd, "pages", workers, fact="too-many-at-once", most=True)


def expect_all_wait_for_more(program):
    """Nobody goes home while one page is being fetched: it may lead to pages for all, at the start and later on."""
    start, late, *names = addresses(program, 8)
    first, second = names[:3], names[3:]
    pages = {start: first, **{page: [late] for page in first}, late: second, **{page: [start] for page in second}}
    for method in ("fork", "forkserver"):
        given = {"pages": pages, "workers": 3, "late": [start, late], "groups": [first, second]}
        episode = program.play(scenarios.all_meet_again, start_method=method, **given)
        expect_crawled(episode, pages)
        for number in range(2):
            expect_met(episode, f"group {number}", 3, fact="serial")


def test_holds_back_no_other(program):
    """While a page is slow, all others are fetched, whether they lie deeper, less deep, or beside it."""
    start, slow, also, *names = addresses(program, 10)
    shallow = {start: shuffled(program, [slow, names[0]]), slow: [], **chain(names)}
    given = {"pages": shallow, "workers": 2, "slow": [slow], "last": names[-1]}
    expect_went_on(program.play(scenarios.slow_and_last, start_method="spawn", **given), shallow, 2)
    deep = {start: names[:4], **{name: [] for name in names[1:]}, names[0]: [slow], slow: [start, names[4]]}
    deep |= {names[1]: [names[5]], names[5]: [names[6]]}
    episode = program.play(scenarios.slow_and_last, pages=deep, workers=2, slow=[slow], last=names[6])
    expect_went_on(episode, deep, 2)
    several = {start: shuffled(program, [slow, names[0], also]), slow: [], also: [], **chain(names)}
    episode = program.play(scenarios.slow_and_last, pages=several, workers=3, slow=[slow, also], last=names[-1])
    expect_went_on(episode, several, 3)
    for links in ([slow, *names], shuffled(program, [slow, *names])):
        wide = {start: links, slow: [], **{name: [] for name in names}}
        episode = program.play(scenarios.slow_and_all, pages=wide, workers=2, slow=slow, others=names)
        expect_went_on(episode, wide, 2)


def expect_went_on(episode, pages, number):
    """The slow pages were still waited for when the last of the others was fetched; what was raised tells more."""
    must_return(episode)
    label, zh = "the slow pages and the last of the others, together", "慢的页面与其他页面中的最后一个，在一起的个数"
    expect(episode.met.get("slow and last"), label, zh=zh, fact="holds-back-others").exactly(number)
    expect_crawled(episode, pages)


def test_survives_errors(program):
    """A page whose fetch raises has no links, whatever it raises; all others are fetched as usual."""
    kinds = ["refusal", "key", "value", "timeout", "end", "empty", "full", "pipe"]
    start, *names = addresses(program, 2 * len(kinds) + 1)
    good, bad = names[: len(kinds)], names[len(kinds) :]
    pages = {start: good, **{name: [other, start] for name, other in zip(good, bad, strict=True)}}
    pages |= {name: [] for name in bad}
    failing = dict(zip(shuffled(program, bad), kinds, strict=True))
    for method in ("fork", "spawn"):
        given = {"pages": pages, "workers": 2, "failing": failing}
        expect_crawled(program.play(scenarios.crawl, start_method=method, **given), pages)
    alone = program.play(scenarios.crawl, pages={start: good}, workers=3, failing={start: "refusal"})
    expect_crawled(alone, {start: good}, failing=[start])


ODD = [
    "",
    " ",
    "HTTP://Site/",
    "http://site/",
    "http://site",
    "http://site/#top",
    "http://site/?q=1",
    "http://site/?q=2",
]
ODD += ["http://site:80/", "http://site/a/../", "/a", "a", "mailto:you", "None", "STOP", "stop", "END", "0", "1", "-1"]
ODD += ["é", "e\u0301", "%C3%A9", "\n", "start", "DONE", "sentinel", "http://site//", "javascript:void(0)"]


def test_takes_any_address(program):
    """Addresses are compared as strings: any text is one, the empty one too, and two that look alike are two."""
    first = f"http://site/{program.draw(1, 999)}"
    pages = {first: [*shuffled(program, ODD), ODD[0], first], **{name: [first, "", first] for name in ODD}}
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.crawl_by_keyword, start_method=method, pages=pages, workers=2)
        expect_crawled(episode, pages)
    empty = {"": ["a", ""], "a": [first], first: [" "], " ": ["", "a"]}
    expect_crawled(program.play(scenarios.crawl, pages=empty, workers=2), empty)


def test_takes_any_callable(program):
    """`fetch` can be a function, a partial or an instance, and addresses can be very long."""
    sizes = [LARGE + program.draw(1, 99), LARGE + program.draw(100, 199), LARGE + program.draw(200, 299)]
    pages = {f"page {sizes[0]}": ["", "b"], "": ["", ""], "b": [""]}
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.crawl_with_callables, start_method=method, pages=pages, workers=2)
        episode.check_left_behind()
        label, zh = "what crawl returned", "crawl 的返回值"
        expect(episode.value, label, zh=zh).exactly([scenarios.PLAIN, pages])
    names = [f"{size} letters" for size in sizes]
    long = {"start": names, **{name: ["start"] for name in names}}
    expect_crawled(program.play(scenarios.crawl_large, sizes=sizes, workers=2), long)


def test_ends_when_all_is_fetched(program, explore):
    """It ends when there is nothing left to fetch, and not before, however long a page takes."""
    start, first, second, third = addresses(program, 4)
    expect_crawled(program.play(scenarios.crawl, pages={start: []}, workers=2), {start: []})
    pages = {start: [first, second], first: [third], second: [], third: []}
    given = {"pages": pages, "workers": 2, "preemptions": 0, "cap": FEWER}
    for episode in explore(scenarios.crawl_slowly, seconds=SECONDS, probes={"seconds": 0}, methods=["fork"], **given):
        expect_crawled(episode, pages)
        if episode.explored:
            label, zh = (
                "slow pages that were fetched at once, of two that were known",
                "两个已知的慢页面中同时获取的个数",
            )
            expect(most_at_once(episode.notes["pages"]), label, zh=zh, fact="serial").exactly(2)


def most_at_once(notes):
    """The most fetches that had begun and not ended at one time."""
    now = most = 0
    for _, text in notes:
        now += -1 if text == scenarios.END else 1
        most = max(most, now)
    return most


def anchors(*links):
    """A page with these links."""
    return (
        "<html><body>" + "\n".join(f'<p><a class="x" href="{link}">there</a></p>' for link in links) + "</body></html>"
    )


def test_crawls_over_http(program):
    """With `links_of` of the stub, real pages are crawled over HTTP, each asked for once; one that is gone, too."""
    one, two = f"/{program.draw(100, 499)}", f"/deep/{program.draw(500, 999)}"
    texts = {
        "/": anchors(one, two[1:], "/gone", one),
        one: anchors("/"),
        two: anchors(two.removeprefix("/deep/"), "../last", "?q=1"),
        f"{two}?q=1": "",
        "/last": "<a name='here'>no link</a>",
    }
    paths = {"/": [one, two, "/gone", one], one: ["/"], two: [two, "/last", f"{two}?q=1"], f"{two}?q=1": []}
    paths |= {"/last": [], "/gone": []}
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.crawl_over_http, start_method=method, texts=texts, workers=2)
        value = episode.value
        label, zh = "what links_of and crawl returned", "links_of 和 crawl 的返回值"
        expect(value, label, zh=zh).exactly([paths["/"], paths])
        asked = [text for _, text in episode.notes["requests"]]
        label, zh = "the requests that reached the server, in any order", "到达服务器的请求（顺序不限）"
        expect(asked, label, zh=zh).permutation_of(["/", *paths])


def test_prints_nothing(program):
    """It prints nothing, neither where all goes well nor where a fetch raises."""
    start, *names = addresses(program, 4)
    pages = {start: names, names[0]: [start], names[1]: [], names[2]: []}
    failing = {names[1]: "refusal"}
    episode = program.play(scenarios.crawl, pages=pages, workers=2, failing=failing)
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
