"""What the contract of ex12 promises, one check per promise.

What two processes do to one dict is explored: each call of a proxy is one step, and every order of the steps is tried.
"""

import collections

import scenarios

from grader.suite.expect import expect, unproved

KINDS = ("plain", "manager")
FEW = 100  # schedules
LARGE = 2 * 1024 * 1024


def total(start, *lists):
    """The counts after all these words."""
    return dict(collections.Counter(start) + collections.Counter(word for words in lists for word in words))


def appended(start, *pairs):
    """The lists after these values, in this order."""
    lists = {key: list(values) for key, values in start.items()}
    for key, value in pairs:
        lists[key] = [*lists.get(key, []), value]
    return lists


def parts(episode, count):
    """What the scenario returned: one value for each thing that it saw."""
    value = episode.value
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def expect_returned(episode, name):
    """Every call came back with None; one that raised or never ended says so itself."""
    for worker, answer in episode.workers.items():
        if worker != "somebody":
            expect(answer.value, f"what {name} returned", zh=f"{name} 的返回值").exactly(None)


def expect_dict(episode, *allowed, name, fact):
    """What stands in the dict, and that nobody holds the lock."""
    expect_returned(episode, name)
    seen, free = parts(episode, 2)
    label, zh = "what stands in the dict", "字典的内容"
    expect(seen, label, zh=zh, fact=fact).one_of(*allowed)
    label, zh = "whether the lock is free afterwards", "之后锁是否空闲"
    expect(free, label, zh=zh, fact="lock-not-released").exactly(True)


def expect_counted(episode, *, name="count_words"):
    episode.check_left_behind()
    lines = episode.given["lines"]
    label = f"what {name} returned"
    expect(episode.value, label, zh=f"{name} 的返回值").exactly(total({}, *(line.split() for line in lines)))


def some_words(program, count, most):
    """Words of which some come again."""
    return [f"word{program.draw(1, most)}" for _ in range(count)]


def test_adds_words(program):
    """Each word is counted as often as it stands in the list, onto what was counted before; no other changes."""
    start = {"word1": program.draw(1, 50), "other": program.draw(1, 50), "": 2}
    lists = [some_words(program, 12, 4), [], ["", "keys", "Word1", "word1 ", "keys"], some_words(program, 5, 9)]
    for kind in KINDS:
        episode = program.play(scenarios.add_apart, kind=kind, start=start, lists=lists)
        expect_dict(episode, total(start, *lists), name="add_words", fact=None)


def test_loses_no_word(program, explore):
    """No word is lost, whichever way two processes interleave, and beside somebody who holds the lock for long."""
    start = {"a": program.draw(1, 50)}
    lists = [["a", "b"], ["b"]]
    given = {"kind": "plain", "start": start, "lists": lists, "times": 1, "preemptions": 1, "cap": FEW}
    given["methods"] = ["fork", "spawn"]
    for episode in explore(scenarios.add_at_once, probes={"times": program.draw(60, 90)}, **given):
        right = total(start, *(words * episode.given["times"] for words in lists))
        expect_dict(episode, right, name="add_words", fact=None if episode.explored else "lost-update")
    given = {"kind": "manager", "start": start, "words": ["a"], "pause": 6, "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.add_beside, probes={"pause": 0.02}, methods=["forkserver"], **given):
        expect_dict(episode, total(start, ["a", "a"]), name="add_words", fact=None)


ODD = [None, 0, "", [], {}, (), [1, [2]], "abc", b"x", 1.5, "abc"]
KEYS = [None, "", 0, ("a", 1), "abc", 1.5, b"k"]


def test_appends(program):
    """Any value is appended to the list under any key, and a missing one becomes a list with it: a plain list."""
    number = program.draw(1, 99)
    missing = KEYS[program.draw(0, len(KEYS) - 1)]
    start = {"abc": [number, None], "empty": [], "rest": [[number]], **{key: [number] for key in KEYS}}
    del start[missing]
    pairs = [("abc", number), ("new", number), ("empty", None), ("new", [number]), ("abc", number)]
    more = [(key, value) for key, value in zip(KEYS, ODD[program.draw(0, 4) :], strict=False)]
    episode = program.play(scenarios.append_apart, kind="plain", start=start, pairs=[*pairs, *more])
    expect_dict(episode, appended(start, *pairs, *more), name="append_to", fact=None)
    odd = [("odd", value) for value in ODD]
    episode = program.play(scenarios.append_apart, kind="manager", start={}, pairs=odd)
    expect_dict(episode, {"odd": ODD}, name="append_to", fact=None)
    large = program.play(scenarios.append_large, size=LARGE + number)
    label, zh = "the sizes of the values in the list", "列表中各个值的大小"
    expect(large.value, label, zh=zh).exactly([LARGE + number] * 2)


def test_loses_no_value(program, explore):
    """No value is lost, whichever way two processes interleave, and beside somebody who holds the lock for long."""
    one, two = program.draw(1, 50), program.draw(51, 99)
    both, start = [("new", one), ("new", two)], {"old": [0]}
    given = {"kind": "manager", "start": start, "pairs": both, "preemptions": 2, "cap": FEW}
    for episode in explore(scenarios.append_at_once, methods=["fork"], **given):
        expect_appended(episode, start, both)
    old = [("old", one), ("old", two)]
    given = {"start": start, "pair": old[0], "other": old[1], "pause": 6, "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.append_beside, probes={"pause": 0.02}, methods=["spawn"], **given):
        expect_appended(episode, start, old)


def expect_appended(episode, start, pairs):
    """All of them are there, in the order in which they came."""
    allowed = [appended(start, *pairs), appended(start, *reversed(pairs))]
    expect_dict(episode, *allowed, name="append_to", fact=None)


def some_lines(program, count):
    """Lines with all kinds of whitespace, whose words come again in their own line only.

    What is lost between processes is the affair of another check, which does not find it by luck.
    """
    words = [[f"{word}-{line}" for word in some_words(program, 4, 3)] for line in range(count)]
    return [f"  {' '.join(some)}\tend-{line} \n" for line, some in enumerate(words)]


def test_counts_all_lines(program):
    """Every word of every line is counted, whatever whitespace stands around it, for any number of workers."""
    lines = some_lines(program, program.draw(20, 25))
    for episode in program.everywhere(scenarios.count, lines=lines, workers=3):
        expect_counted(episode)
    odd = [
        "To be, or not to be",
        "to be",
        "it's-it Été été 读 读\u3000书\u00a0",
        "",
        " \t ",
        "\r\nto\v\fbe\n",
        "None 0 None",
        *["STOP", "END", "DONE", "quit"] * 3,
    ]
    for some, workers in ((odd, 1), ([], 2), ([""], 1), (lines[:2], 5), (lines, 1), (lines[:7], 3)):
        expect_counted(program.play(scenarios.count, lines=some, workers=workers))
    expect_counted(program.play(scenarios.count_by_keyword, start_method="spawn", lines=odd, workers=1))
    sizes = [70_000 + program.draw(1, 99), 70_000 + program.draw(100, 199), 400_000]
    large = program.play(scenarios.count_large, sizes=sizes, workers=1)
    label, zh = "how often words of which length were counted", "各种长度的单词的计数"
    expect(large.value, label, zh=zh).exactly(dict.fromkeys(sizes, 2))


def test_counts_every_word_once(program, explore):
    """No word is lost or counted twice, whichever way the processes interleave."""
    many = ["the same words, the same" for _ in range(program.draw(80, 120))]
    given = {"lines": ["a", "a"], "workers": 2, "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.count, probes={"lines": many, "workers": 4}, methods=["fork"], **given):
        expect_counted(episode)


def test_counts_in_processes(program):
    """The counting is the work of that many processes; the caller may be one of them."""
    given = {"lines": some_lines(program, 30), "workers": program.draw(4, 5)}
    usual = program.play(scenarios.count, **given)
    expect_counted(usual)
    label, zh = "processes that were seen, the caller included", "观察到的进程数（含调用者）"
    expect(usual.processes + 1, label, zh=zh, fact="no-processes").at_least(given["workers"])
    right = total({}, *(line.split() for line in given["lines"]))
    bereaved = program.bereaved(scenarios.count, deaths=given["workers"], **given)
    if bereaved.returned(right) and bereaved.processes <= usual.processes:
        unproved("the result is the same without any of the processes", zh="没有那些进程，结果却没有变化")


def test_prints_nothing(program):
    """No function prints."""
    episode = program.play(scenarios.every_function, lines=["a b", f"a {program.draw(1, 99)}"])
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
