"""What the contract of ex02 promises, one check per promise.

Where an episode is explored, seconds are virtual: they pass only while everybody waits, so "without ever waiting" is
exact: no second passes. An item that takes its time on its way shows who does not wait for it.
"""

import scenarios

from grader.suite.expect import expect, unproved

ODD = [None, 0, False, "", [], 7, 7, (1, 2)]
MARKS = ["STOP", "stop", "END", "end", "DONE", "done", "EXIT", "quit", "__end__", "<end>", "SENTINEL", "EOF", -1, ()]
LARGE = 1024 * 1024


def listed(value, label, *, zh):
    """The value, which has to be a list before anything can be done with it."""
    expect(value, f"the type of {label}", zh=f"{zh}的类型").of_type("list")
    return value


def parts(episode, count):
    """What the scenario returned: one value for each thing that it did."""
    value = listed(episode.value, "what came back", zh="返回内容")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def expect_refused(episode, items):
    """What `offer` returned, and that no second passed meanwhile."""
    answer = episode.workers["offerer"]
    expect(answer.value, "what offer returned", zh="offer 的返回值").exactly(items)
    if episode.explored:
        waited, label = round(answer.seconds, 3), "the seconds that it waited"
        expect(waited, label, zh="等待的秒数", fact="waited-too-long").at_most(0)


def expect_rest(episode, items):
    expect(episode.value, "what is in the queue afterwards", zh="之后队列中的内容").exactly(items)


def expect_sent(value, items):
    label, zh = "what send_through returned", "send_through 的返回值"
    lost = isinstance(value, list) and len(value) < len(items)
    expect(value, label, zh=zh, fact="lost-item" if lost else None).exactly(items)


def test_refuses_without_waiting(program, explore):
    """A full queue takes nothing: all items come back, and not a moment is waited."""
    items = [f"late {program.draw(1, 999)}", None]
    given = {"kind": "queue", "size": 1, "before": ["first"], "items": items}
    for episode in explore(scenarios.offer_to, preemptions=0, **given):
        expect_refused(episode, items)
        expect_rest(episode, ["first"])


def test_tries_each_item(program, explore):
    """Each item is tried, and tried once: a refused one does not end the attempt, and is not tried again."""
    items = [program.draw(1, 99), program.draw(100, 199), program.draw(200, 299)]
    for episode in explore(scenarios.offer_while_somebody_takes, items=items[:2], preemptions=1):
        taken = listed(episode.workers["somebody"].value, "what was taken", zh="取走的内容")
        expect(taken, "what was taken", zh="取走的内容").exactly(["first"])
        expect_shared_out(episode, items[:2])
    for method in ("fork", "spawn"):
        early = program.play(scenarios.offer_while_room_comes, start_method=method, items=items, refusals=1)
        expect_tried_once(early, items, winner=items[1:2])
    late = program.play(scenarios.offer_while_room_comes, items=items, refusals=3)
    expect_tried_once(late, items, winner=[])


def expect_tried_once(episode, items, *, winner):
    """Who has asked whether there is room before it tried, has seen it come one moment earlier."""
    refused, rest, looks = parts(episode, 3)
    label, zh = "what got the room that came meanwhile", "中途出现的空位给了谁"
    expect(rest, label, zh=zh).one_of(winner, *([[item] for item in items] if looks else []))
    expected = [item for item in items if item not in rest]
    expect(refused, "what offer returned", zh="offer 的返回值").exactly(expected)


def expect_shared_out(episode, items):
    """What is in the queue, and what came back, are together what was offered, each in order."""
    rest = [item for item in listed(episode.value, "the rest", zh="剩余内容") if item in items]
    expect_refused(episode, [item for item in items if item not in rest])
    expect(len(rest), "how many items got the only room", zh="得到唯一空位的元素个数").at_most(1)


def test_puts_in_order(program, explore):
    """What finds room is on the queue in the order of the items; what finds none comes back in order."""
    items = [program.draw(1, 9), None, program.draw(10, 99), 0, "", program.draw(100, 999)]
    room = program.draw(2, 4)
    given = {"kind": "queue", "size": room + 1, "before": ["first"], "items": items}
    for episode in explore(scenarios.offer_to, preemptions=0, **given):
        expect_refused(episode, items[room:])
        expect_rest(episode, ["first", *items[:room]])
    for room in (len(items), 1):
        episode = program.play(scenarios.offer_to, kind="queue", size=room + 1, before=["first"], items=items)
        expect_refused(episode, items[room:])
        expect_rest(episode, ["first", *items[:room]])
    unbounded = program.play(scenarios.offer_to, kind="joinable", size=0, before=[], items=items)
    expect_refused(unbounded, [])
    expect_rest(unbounded, items)
    for size, before in ((0, []), (1, ["first"])):
        nothing = program.play(scenarios.offer_to, kind="queue", size=size, before=before, items=[])
        expect_refused(nothing, [])
        expect_rest(nothing, before)


def test_shares_the_room(program, explore):
    """Who wants the same room at the same time may get it; `offer` still does not wait, and loses nothing."""
    items = [f"mine {program.draw(1, 999)}", program.draw(1, 99)]
    for episode in explore(scenarios.offer_while_somebody_puts, items=items):
        if episode.workers["somebody"].value:
            expect_refused(episode, items)
            expect_rest(episode, ["other"])
        else:
            expect_refused(episode, items[1:])
            expect_rest(episode, items[:1])


def test_offers_to_every_queue(program):
    """`offer` works with each kind of queue and any items, and what it has put arrives, however large it is."""
    sizes = [LARGE + program.draw(1, 999), LARGE, 3]
    large = program.play(scenarios.offer_large_ones, sizes=sizes)
    expect(large.workers["offerer"].value, "what offer returned", zh="offer 的返回值").exactly([])
    arrived = large.workers["taker"].value
    expect(arrived, "sizes of what arrived", zh="到达内容的大小", fact="lost-item").exactly(sizes)
    items = [*ODD, program.draw(10, 99)]
    given = {"size": 3, "before": ["first"], "items": items}
    managed = program.everywhere(scenarios.offer_to, kind="manager", **given)
    for episode in (program.play(scenarios.offer_to, kind="joinable", **given), *managed):
        expect_refused(episode, items[2:])
        expect_rest(episode, ["first", *items[:2]])


def test_leaves_the_queue_usable(program):
    """The caller's queue stays what it was: after `offer` both it and the list can be used again."""
    items = [program.draw(1, 9), None, program.draw(10, 99)]
    refused, received, again, rest, handed_in = parts(program.play(scenarios.offer_twice, items=items), 5)
    expect(refused, "what offer returned", zh="offer 的返回值").exactly([])
    expect(received, "what was in the queue", zh="队列中的内容").exactly(items)
    expect(again, "what the second offer returned", zh="第二次 offer 的返回值").exactly(["more"])
    expect(rest, "what was in the queue then", zh="之后队列中的内容").exactly(items)
    label, zh = "the caller's list of items, after offer", "offer 之后调用者的 items 列表"
    expect(handed_in, label, zh=zh, fact="argument-changed").exactly(items)


def test_hides_no_other_error(program):
    """An exception that does not mean `no room` reaches the caller: that the queue was closed."""
    seen = program.play(scenarios.offer_to_closed).value
    label, zh = "what offer raises on a closed queue", "offer 用于已关闭的队列时引发的异常"
    fact = None if hasattr(seen, "name") else "exception-swallowed"
    expect(getattr(seen, "name", seen), label, zh=zh, fact=fact).one_of("builtins.ValueError", "builtins.OSError")


def test_receives_all_in_order(program, explore):
    """`send_through` returns all items in order, whichever way the two processes interleave; by keyword, too."""
    items = [program.draw(1, 99), program.draw(1, 99)]
    many = [program.draw(1, 999) for _ in range(program.draw(200, 300))]
    for episode in explore(scenarios.send, items=items, probes={"items": many}):
        episode.check_left_behind()
        expect_sent(episode.value, episode.given["items"])
    sent, nothing = parts(program.play(scenarios.send_by_keyword, items=items), 2)
    expect_sent(sent, items)
    expect_sent(nothing, [])


def test_sends_from_a_child(program):
    """It is a child process that puts the items on their way."""
    labels = [program.draw(1, 99) for _ in range(3)]
    usual = program.play(scenarios.send_travellers, labels=labels)
    usual.check_left_behind()
    label, zh = "processes that were seen beside the caller", "除调用者之外观察到的进程数"
    expect(usual.processes, label, zh=zh, fact="no-processes").at_least(1)
    arrived = listed(usual.value, "what came back", zh="返回内容")
    expect([name for name, _ in arrived], "what came back", zh="返回内容").exactly(labels)
    for _, senders in arrived:
        label, zh = "how often another process than the caller sent an item on", "调用者之外的进程发送某个元素的次数"
        expect(senders, label, zh=zh, fact="no-processes").at_least(1)
    items = [program.draw(1, 99), program.draw(100, 199)]
    bereaved = program.bereaved(scenarios.send, items=items)
    if bereaved.returned(items) and bereaved.processes <= usual.processes:
        unproved("the result is the same without the child", zh="没有子进程，结果却没有变化")


def test_sends_every_value(program):
    """Every value is an item: `None`, `False`, `0`, `""`, `[]`, equal ones, and texts that look like an end."""
    items = [*ODD, program.draw(10, 99), *MARKS, {"a": None}, program.draw(10, 99)]
    for episode in program.everywhere(scenarios.send, items=items):
        value = listed(episode.value, "what send_through returned", zh="send_through 的返回值")
        expect(value, "what send_through returned", zh="send_through 的返回值", fact="falsy-item").exactly(items)


def test_sends_large_items(program):
    """Items that are larger than any pipe arrive like any other."""
    sizes = [3 * LARGE, 5, LARGE + program.draw(1, 999), 0]
    episode = program.play(scenarios.send_large_ones, sizes=sizes)
    sums = [number if size else 0 for number, size in enumerate(sizes)]
    label = "size and first byte of each item"
    expect(episode.value, label, zh="每个元素的大小和首字节").exactly(
        [list(pair) for pair in zip(sizes, sums, strict=True)]
    )


def test_waits_for_a_slow_child(program, explore):
    """However long an item is on its way, it is waited for."""
    labels = [program.draw(1, 99), program.draw(1, 99)]
    for episode in explore(scenarios.send_slow_ones, labels=labels, seconds=100, preemptions=0, probes={"seconds": 0}):
        expect_sent(episode.value, labels)


def test_prints_nothing(program):
    """No function prints, neither where all goes well nor where there is no room."""
    episode = program.play(scenarios.every_function, items=[1, program.draw(2, 9), None])
    expect(episode.value, "what the scenario returned", zh="场景的返回值").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
