"""What the contract of ex04 promises, one check per promise.

Where an episode is explored, seconds are virtual: they pass only while everybody waits, so what was waited is exact
up to the interval of a program that polls (at most a second of slack). In free runs only lower bounds hold.
"""

import scenarios

from grader.suite.expect import expect

FALSY = [None, 0, False, "", []]
LARGE = 3 * 1024 * 1024
SEVEN, SEVEN_ZH = "what six calls returned, and a seventh", "六次调用和第七次的返回值"
SLACK = 1


def all_returned(episode):
    """Fail with whatever kept a process of the episode from returning."""
    return [answer.value for answer in episode.workers.values()]


def listed(value, label, *, zh):
    """The value, which has to be a list before anything can be done with it."""
    expect(value, f"the type of {label}", zh=f"{zh}的类型").of_type("list")
    return value


def parts(episode, count):
    """What the scenario returned: one value for each thing that it did."""
    value = listed(episode.value, "what came back", zh="返回内容")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def expect_waited(episode, answer, seconds, *, slack=SLACK):
    """The whole limit was waited: not less, and where time is virtual not more."""
    waited, label, zh = round(answer.seconds, 2), "the seconds that it waited", "等待的秒数"
    seconds = round(seconds, 2)
    expect(waited, label, zh=zh, fact="waited-too-short").at_least(seconds)
    if episode.explored:
        expect(waited, label, zh=zh, fact="waited-too-long").at_most(seconds + slack)


def expect_prompt(episode, answer, seconds):
    """What came after `seconds`, long before the limit, was noticed then."""
    if episode.explored:
        waited, label = round(answer.seconds, 2), "the seconds that it waited"
        expect(waited, label, zh="等待的秒数").at_least(seconds)
        expect(waited, label, zh="等待的秒数").at_most(seconds + SLACK)


def too_short(answer, seconds):
    """What a wrong result would be due to: that it did not wait, if it did not."""
    return "waited-too-short" if round(answer.seconds, 2) < seconds else None


def expect_full(raised):
    expect(raised, "what reached the caller", zh="到达调用者的异常").named("queue.Full")


def expect_rest(episode, items):
    label, zh = "what is in the queue afterwards", "之后队列中的内容"
    lost = isinstance(episode.value, list) and len(episode.value) < len(items)
    expect(episode.value, label, zh=zh, fact="lost-item" if lost else None).exactly(items)


def expect_returned(answer, value):
    expect(answer.value, "what it returned", zh="返回值").exactly(value)


def test_reports_a_full_queue(program, explore):
    """A queue that stays full is reported by `queue.Full`, after the time and not before; the item is not on it."""
    late = program.draw(1, 999)
    cases = [["queue", late, 10], ["joinable", None, 2.5]]
    probes = {"cases": [["queue", late, 0.2], ["joinable", None, 0.3]]}
    for episode in explore(scenarios.put_into_full, cases=cases, preemptions=0, probes=probes):
        for kind, _, seconds in episode.given["cases"]:
            expect_full(episode.workers[kind].raised)
            expect_waited(episode, episode.workers[kind], seconds)
        label, zh = "what is in both queues afterwards", "之后两个队列中的内容"
        expect(episode.value, label, zh=zh).exactly([["first"], ["first"]])


def test_waits_for_room(program, explore):
    """If somebody makes room in time, the item is put as soon as there is room."""
    given = {"item": f"late {program.draw(1, 999)}", "seconds": 10, "pause": 3}
    probes = {"seconds": 30, "pause": 0.05}
    for episode in explore(scenarios.put_while_room_comes, kind="queue", preemptions=1, probes=probes, **given):
        answer = episode.workers["putter"]
        expect_returned(answer, None)
        expect_prompt(episode, answer, 3)
        expect(episode.workers["taker"].value, "what was taken first", zh="先取出的内容").exactly("first")
        expect_rest(episode, [given["item"]])


def test_gives_each_item_its_time(program, explore):
    """Each item is tried for up to `seconds`, and one that is refused does not end the attempt."""
    items = [f"{name}{program.draw(1, 99)}" for name in "abc"]
    probes = {"seconds": 0.1, "pause": 0.15}
    given = {"items": items, "seconds": 5, "pause": 7}
    for episode in explore(scenarios.put_all_while_room_comes, kind="queue", preemptions=0, probes=probes, **given):
        answer = episode.workers["putter"]
        refused = listed(answer.value, "what put_within returned", zh="put_within 返回值")
        if episode.explored:
            expect_waited(episode, answer, 12, slack=3 * SLACK)
            expect(refused, "what found no room", zh="没有放进去的元素").exactly([items[0], items[2]])
        expect(refused, "what found no room", zh="没有放进去的元素").exactly(
            [item for item in items if item in refused]
        )
        expect_rest(episode, [item for item in items if item not in refused])


def test_returns_what_was_refused(program, explore):
    """What found no room is returned in order and unchanged, `None`, `0`, `False`, `""` and `[]` included."""
    items = [*FALSY, program.draw(1, 99)]
    given = {"before": ["first"], "items": items, "seconds": 2}
    for episode in explore(
        scenarios.put_all, kind="joinable", size=1, preemptions=0, probes={"seconds": 0.05}, **given
    ):
        answer = episode.workers["putter"]
        expect_waited(episode, answer, len(items) * episode.given["seconds"], slack=len(items) * SLACK)
        expect_returned(answer, items)
        expect_rest(episode, ["first"])
    two_fit = program.play(scenarios.put_all, kind="queue", size=3, before=["first"], items=items, seconds=0.05)
    expect_returned(two_fit.workers["putter"], items[2:])
    expect_rest(two_fit, ["first", *items[:2]])
    for items_that_fit in (items, []):
        all_fit = program.play(
            scenarios.put_all, kind="queue", size=0, before=["first"], items=items_that_fit, seconds=30
        )
        expect_returned(all_fit.workers["putter"], [])
        expect_rest(all_fit, ["first", *items_that_fit])


def test_gives_the_default_in_time(program, explore):
    """If no item comes, the default is returned, after the time and not before; it is `None` unless said otherwise."""
    text = f"none {program.draw(1, 99)}"
    cases = [["queue", 10, text], ["joinable", 2.5, 0]]
    probes = {"cases": [["queue", 0.2, text], ["joinable", 0.3, 0]]}
    for episode in explore(scenarios.get_from_empty, cases=cases, preemptions=0, probes=probes):
        unsaid = ["unsaid", episode.given["cases"][0][1], None]
        for name, seconds, default in [*episode.given["cases"], unsaid]:
            expect_returned(episode.workers[name], default)
            expect_waited(episode, episode.workers[name], seconds)


def test_takes_falsy_items_for_items(program):
    """`None`, `0`, `False`, `""` and `[]` are items like any other, whatever the default is."""
    items = [*FALSY, program.draw(1, 99)]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.get_each, start_method=method, kind="queue", items=items, default="nothing")
        expect(episode.value, SEVEN, zh=SEVEN_ZH, fact="falsy-item").exactly([*items, "nothing"])
    for kind, default in (("joinable", None), ("manager", 0)):
        episode = program.play(scenarios.get_each, kind=kind, items=items, default=default)
        expect(episode.value, SEVEN, zh=SEVEN_ZH, fact="falsy-item").exactly([*items, default])


def test_gets_a_late_item(program, explore):
    """An item that comes late, but in time, is returned as soon as it is there."""
    given = {"item": program.draw(1, 999), "seconds": 10, "pause": 3}
    probes = {"seconds": 30, "pause": 0.05}
    for episode in explore(scenarios.get_what_comes_late, kind="queue", preemptions=1, probes=probes, **given):
        answer = episode.workers["getter"]
        expect_returned(answer, given["item"])
        expect_prompt(episode, answer, 3)
        expect_rest(episode, [])


def test_shares_with_others(program, explore):
    """Two processes that want the one item or the one room: one gets it, the other is told so, nobody hangs."""
    item = program.draw(1, 999)
    for episode in explore(scenarios.two_getters, kind="queue", item=item, seconds=0, probes={"seconds": 0.1}):
        seen = tuple(all_returned(episode)[-2:])
        fact = "gives-up-early" if seen == ("nothing", "nothing") else None
        expect(seen, "what both get_within returned", zh="两次 get_within 的返回值", fact=fact).one_of(
            (item, "nothing"), ("nothing", item)
        )
        expect_rest(episode, [])
    for episode in explore(scenarios.two_putters, kind="queue", seconds=0, probes={"seconds": 0.1}):
        expect_one_winner(episode)


def expect_one_winner(episode):
    """Of `put_or_fail` and `put_within` one has put its item, the other has said that it has not."""
    raised, refused = episode.workers["first"].raised, episode.workers["second"].value
    if refused == []:
        expect_full(raised)
        expect_rest(episode, ["second"])
    else:
        expect(refused, "what put_within returned", zh="put_within 的返回值").exactly(["second"])
        expect(raised, "what put_or_fail raised", zh="put_or_fail 引发的异常").exactly(None)
        expect_rest(episode, ["first"])


def test_counts_time_in_total(program, explore):
    """`collect_for` waits `seconds` in all, however often an item arrives meanwhile, and for no less."""
    items = [program.draw(1, 9), None, program.draw(10, 99), 0, False]
    given = {"size": 0, "before": ["first", "second"], "items": items, "seconds": 10, "pause": 4}
    probes = {"seconds": 0.3, "pause": 0.1}
    for episode in explore(scenarios.collect_arrivals, kind="queue", preemptions=0, probes=probes, **given):
        answer = episode.workers["collector"]
        if episode.explored:
            label, fact = "what was collected", too_short(answer, 10)
            expect(answer.value, label, zh="收集到的内容", fact=fact).exactly(["first", "second", *items[:2]])
        expect_waited(episode, answer, episode.given["seconds"])
    idle = program.play(scenarios.collect_at_once, kind="joinable", items=[], seconds=0.3)
    expect(parts(idle, 3)[:2], "what was collected and what is left", zh="收集到的和留下的内容").exactly([[], []])
    expect_waited(idle, idle, 0.3)


def expect_nothing_lost(episode):
    everything = episode.given["before"] + episode.given["items"]
    collected = listed(episode.workers["collector"].value, "what was collected", zh="收集到的内容")
    label = "what was collected, and what is in the queue afterwards"
    zh = "收集到的内容加上之后队列中的内容"
    expect(collected + episode.value, label, zh=zh, fact="lost-item").exactly(everything)


def test_loses_nothing(program, explore):
    """What arrives as the time is over, or while others collect, is returned or left in the queue."""
    items = [program.draw(1, 9), 0, program.draw(10, 99)]
    for episode in explore(
        scenarios.two_collectors, kind="queue", items=items, seconds=0, preemptions=1, probes={"seconds": 0.1}
    ):
        first, second = (listed(value, "what was collected", zh="收集到的内容") for value in all_returned(episode)[-2:])
        label, zh = "what both collected, and what is in the queue afterwards", "两者收集到的内容加上之后队列中的内容"
        expect(first + second + episode.value, label, zh=zh, fact="lost-item").permutation_of(items)
    given = {"before": [], "items": items, "seconds": 8, "pause": 4}
    probes = {"seconds": 0.2, "pause": 0.1}
    for episode in explore(scenarios.collect_arrivals, kind="queue", size=0, preemptions=1, probes=probes, **given):
        expect_nothing_lost(episode)
    texts = ["first", "second"]
    episode = program.play(scenarios.collect_laborious, items=texts, labour=0.6, seconds=0.3)
    collected, rest = parts(episode, 2)
    label = "what was collected, and what is in the queue afterwards"
    everything = [*listed(collected, "what was collected", zh="收集到的内容"), *rest]
    expect(everything, label, zh="收集到的内容加上之后队列中的内容", fact="lost-item").exactly(texts)


def test_needs_no_time_to_put(program):
    """With `seconds=0` an item is put if there is room now, and refused if there is none."""
    items = [program.draw(1, 9), None, program.draw(10, 99), ""]
    episode = program.play(scenarios.put_at_once, start_method="forkserver", items=items)
    refused, failure, got, nothing, again, later = parts(episode, 6)
    expect(refused, "what found no room", zh="没有放进去的元素").exactly(items[2:])
    expect_full(failure)
    expect(got, "what was put", zh="放进去的元素").exactly(items[:2])
    expect(nothing, "what put_or_fail returned", zh="put_or_fail 的返回值").exactly(None)
    expect(again, "what was put then", zh="之后放进去的元素").exactly(["again"])
    expect(later, "what found no room in a later call", zh="之后的调用中没有放进去的元素").exactly([])


def test_needs_no_time_to_take(program):
    """With `seconds=0`, what is in the queue is returned: by `get_within` the next item, by `collect_for` all."""
    items = [program.draw(1, 9), None, False, program.draw(10, 99)]
    episode = program.play(scenarios.get_at_once, kind="queue", items=items, default="nothing")
    seen = episode.value
    fact = "gives-up-early" if seen == ["nothing"] * 5 else None
    expect(seen, "what five calls returned", zh="五次调用的返回值", fact=fact).exactly([*items, "nothing"])
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.collect_at_once, start_method=method, kind="queue", items=items, seconds=0)
        collected, rest, later = parts(episode, 3)
        kept = isinstance(collected, list) and collected + rest == items
        fact = "waited-too-short" if kept else "lost-item"
        expect(collected, "what was collected", zh="收集到的内容", fact=fact).exactly(items)
        expect(rest, "what is in the queue afterwards", zh="之后队列中的内容").exactly([])
        expect(later, "what a second call collected", zh="第二次调用收集到的内容").exactly([])
    served = program.play(scenarios.collect_at_once, kind="manager", items=items, seconds=0)
    label = "what was collected from a manager's queue, what is left, and what a second call collected"
    zh = "从 Manager 队列收集到的、留下的和第二次调用收集到的内容"
    expect(served.value, label, zh=zh).exactly([items, [], []])
    episode = program.play(scenarios.collect_at_once, kind="joinable", items=[], seconds=0.0)
    expect(parts(episode, 3)[:2], "what was collected and what is left", zh="收集到的和留下的内容").exactly([[], []])


def test_works_with_every_queue(program):
    """The functions work with each kind of queue, and with items that are larger than a pipe."""
    for episode in program.everywhere(scenarios.one_after_the_other, kind="manager", seconds=0.2):
        expect_session(episode)
    expect_session(program.play(scenarios.one_after_the_other, kind="joinable", seconds=0.2))
    episode = program.play(scenarios.large_items, size=LARGE)
    expect_returned(episode.workers["putter"], [])
    arrived = [episode.workers["getter"].value, *episode.workers["taker"].value]
    expect(sorted(map(brief, arrived)), "what arrived", zh="到达的内容").exactly(
        [brief(b"\1" * LARGE), brief(b"\2" * LARGE)]
    )
    episode = program.play(scenarios.large_items_of_a_manager, size=LARGE)
    expect_returned(episode.workers["putter"], None)
    collected = listed(episode.workers["collector"].value, "what was collected", zh="收集到的内容")
    expect([*map(brief, collected + episode.value)], "what arrived", zh="到达的内容").exactly([brief(b"x" * LARGE)])


def brief(item):
    """A large item as a reader can take it in."""
    return f"{len(item)} bytes {item[:1]!r}" if isinstance(item, bytes) else repr(item)[:80]


def expect_session(episode):
    refused, failure, first, nothing, collected, rest = parts(episode, 6)
    expect(refused, "what put_within returned", zh="put_within 的返回值").exactly(["c"])
    expect_full(failure)
    expect(first, "what get_within returned", zh="get_within 的返回值").exactly("a")
    expect(nothing, "what put_or_fail returned", zh="put_or_fail 的返回值").exactly(None)
    both = [*collected, *rest] if type(collected) is list and type(rest) is list else collected
    expect(both, "what was collected or left", zh="收集到的和留下的内容").exactly(["b", "e"])


def test_hides_no_other_error(program):
    """An exception that is not about time reaches the caller: a closed queue, an item that cannot be rebuilt."""
    names = ("put_or_fail", "put_within", "get_within", "collect_for")
    closed = program.play(scenarios.after_close)
    for name, outcome in zip(names, parts(closed, len(names)), strict=True):
        label = f"what {name} raises on a closed queue"
        seen = getattr(outcome, "name", outcome)
        fact = None if seen is not outcome else "exception-swallowed"
        zh = f"{name} 用于已关闭的队列时引发的异常"
        expect(seen, label, zh=zh, fact=fact).one_of("builtins.ValueError", "builtins.OSError")
    unreadable = program.play(scenarios.unreadable_item)
    for outcome in parts(unreadable, 2):
        expect(outcome, "what reached the caller", zh="到达调用者的异常").named("builtins.LookupError")


def test_prints_nothing(program):
    """In none of all these runs anything was printed, whether the time was over or not."""
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
