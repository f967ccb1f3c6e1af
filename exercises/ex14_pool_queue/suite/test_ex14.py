"""What the contract of ex14 promises, one check per promise.

Nearly all items come behind a late one: whoever sends it in the pool is held up until nothing else can happen, so the
readers have begun by then, in every run. Nothing is asked about who got which item.
"""

import scenarios

from grader.suite.expect import expect

MEGA = 1024 * 1024
LATE = "the late item"


def large(size):
    """What a scenario tells of an item of so many bytes."""
    return [size, bytes([size % 256]) * 2, True]


def expect_shares(value, items, readers):
    """One list per reader; together they hold every item exactly once."""
    label, zh = "the type of what came back", "返回内容的类型"
    expect(value, label, zh=zh).of_type("list")
    expect(len(value), "how many readers' lists came back", zh="返回的读者列表个数").exactly(readers)
    kinds = sorted({type(share).__name__ for share in value})
    expect(kinds, "the types of the readers' shares", zh="各读者所得的类型").exactly(["list"])
    together = [item for share in value for item in share]
    fact = "lost-item" if len(together) < len(items) else None
    label, zh = "what all readers got, in any order", "所有读者得到的内容（顺序不限）"
    expect(together, label, zh=zh, fact=fact).permutation_of(items)


def drawn(program, count):
    return [program.draw(1, 999) for _ in range(count)]


def test_every_item_once(program):
    """The readers together get every item exactly once, under every start method."""
    items = drawn(program, program.draw(20, 40))
    for episode in program.everywhere(scenarios.relay_late, items=items, readers=2):
        expect_shares(episode.value, [LATE, *items], 2)


def test_waits_for_a_late_writer(program):
    """Readers that begin before the writer wait for it, however long it takes."""
    items = drawn(program, 5)
    episode = program.play(scenarios.relay_late, items=items, readers=3, patience=4)
    expect_shares(episode.value, [LATE, *items], 3)
    one = program.play(scenarios.relay_late, items=[], readers=1)
    expect_shares(one.value, [LATE], 1)


def test_ends_for_every_reader(program):
    """It ends for one reader and for many, with more readers than items and than processors; some get nothing."""
    for readers, count in ((1, 10), (program.draw(4, 6), 2), (9, 30)):
        items = drawn(program, count)
        episode = program.play(scenarios.relay_late, items=items, readers=readers)
        expect_shares(episode.value, [LATE, *items], readers)


def test_takes_any_item(program):
    """None, falsy and equal items, exceptions, and whatever might look like the end, are items."""
    odd = [None, 0, False, "", [], {}, (), (1, 2), 7, 7, None, program.draw(10, 99)]
    for readers in (1, 3):
        episode = program.play(scenarios.relay_late, items=odd, readers=readers)
        expect_shares(episode.value, [LATE, *odd], readers)
    count = program.draw(2, 5)
    episode = program.play(scenarios.relay_objects, count=count, readers=2)
    expected = [LATE, *(f"Same {number}" for number in range(count)), "dots", *scenarios.LIKE_A_STOP]
    expect_shares(episode.value, expected, 2)


def test_moves_large_items(program):
    """Items of several megabytes, and many small ones, go through."""
    sizes = [2 * MEGA + program.draw(1, 99), 3 * MEGA, MEGA]
    episode = program.play(scenarios.relay_large, sizes=sizes, readers=2)
    expect_shares(episode.value, [LATE, *map(large, sizes)], 2)
    many = list(range(1, program.draw(1500, 2500)))
    episode = program.play(scenarios.relay_late, items=many, readers=3)
    expect_shares(episode.value, [LATE, *many], 3)


def test_works_in_a_pool(program):
    """Every item is sent by a process of the pool and received by one, not only handed from hand to hand at home."""
    count = program.draw(6, 9)
    for episode in program.everywhere(scenarios.relay_traced, count=count, readers=2):
        expect_shares(episode.value, [LATE, *(f"Traced {number}" for number in range(count))], 2)
        caller = {pid for pid, _ in episode.notes["caller"]}
        for name, least, label, zh in (
            (
                "sent",
                2,
                "items that were not sent on by the writer and by a reader",
                "没有由写者和读者各发送一次的元素",
            ),
            ("received", 1, "items that no process of the pool has received", "没有被进程池中的进程收到的元素"),
        ):
            elsewhere = [text for pid, text in episode.notes[name] if pid not in caller]
            missing = [number for number in range(count) if elsewhere.count(str(number)) < least]
            expect(missing, label, zh=zh, fact="no-processes").exactly([])


def test_nothing_to_relay(program):
    """With no items every reader gets an empty list."""
    for readers in (1, program.draw(2, 3)):
        expect_shares(program.play(scenarios.relay_nothing, readers=readers).value, [], readers)


def test_keeps_to_the_form(program):
    """It can be called with keywords, and in a process that was started, and prints nothing."""
    items = drawn(program, 4)
    episode = program.play(scenarios.by_keyword, items=items, readers=2)
    expect_shares(episode.value, [LATE, *items], 2)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
    child = program.play(scenarios.in_a_child, readers=2)
    expect_shares(child.workers["child"].value, [], 2)
