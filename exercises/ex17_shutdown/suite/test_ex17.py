"""What the contract of ex17 promises, one check per promise.

Signals are sent at points that are known: before a process has ended or after, while an item is in hand, when a worker
is idle, when nothing moves because nobody reads. Seconds are virtual where episodes are explored.
"""

import scenarios

from grader.suite.expect import expect

ODD = [None, 0, False, "", [], 7, 7, (), (1, 2), "STOP", -1]
LARGE = 1024 * 1024
LONG, SHORT = 3600, 0.1  # seconds for which a process sleeps at a time, where they are virtual and where they are real
PROMPT = 3  # seconds in which an idle worker that looks every now and then has noticed
FEW = 20  # schedules
FEWER = 6  # where a program that polls takes hundreds of turns
HERE = ["fork"]  # where another round has had free runs under each start method


def listed(value, label, *, zh):
    """The value, which has to be a list before anything can be done with it."""
    expect(value, f"the type of {label}", zh=f"{zh}的类型").of_type("list")
    return value


def parts(value, count):
    """What the scenario returned: one value for each thing that it did."""
    value = listed(value, "what came back", zh="返回内容")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def expect_stop(seen, *answers):
    expect(seen, "what stop returned", zh="stop 的返回值").one_of(*answers)


def expect_reaped(there, code, *codes):
    """Nobody else needs to wait for the process, and how it ended is known."""
    label, zh = "whether the process is still in the process table", "进程是否还在进程表中"
    expect(there, label, zh=zh, fact="zombie").exactly(False)
    expect_ended(code, *codes)


def expect_ended(code, *codes):
    # Under the fork server only a missing code tells that nobody has waited.
    fact = "zombie" if code is None else "closed-not-yours" if code == "closed" else None
    expect(code, "the exit code afterwards", zh="之后的退出码", fact=fact).one_of(*codes)


def exit_code(ending):
    return 1 if ending == "raises" else ending


def test_tells_finished(program):
    """A process that had already ended is "finished", however it ended, and whoever has waited for it."""
    codes = [0, program.draw(2, 99), "raises", -9, -15]
    for episode in program.everywhere(scenarios.stop_finished, codes=codes[:3], joined=codes[:1], seconds=10):
        expect_finished(episode)
    for seconds in (0, 0.5):
        episode = program.play(scenarios.stop_finished, codes=codes[1:], joined=[-15], seconds=seconds)
        expect_finished(episode)


def expect_finished(episode):
    codes = episode.given["codes"]
    for row, code in zip(parts(episode.value, len(codes)), codes, strict=True):
        answer, there, known = parts(row, 3)
        expect_stop(answer, "finished")
        expect_reaped(there, known, exit_code(code))


def test_stops_in_time(program, explore):
    """One that ends within the time after SIGTERM is "stopped", whatever its exit code, and is reaped."""
    code = program.draw(2, 99)
    for how, takes, ending in (("default", 0, -15), ("leaves", 8, code)):
        given = {"how": how, "leaving": [takes, code], "seconds": 10, "nap": LONG, "preemptions": 0}
        probes = {"leaving": [0, code], "seconds": 60, "nap": SHORT}
        for episode in explore(scenarios.stop_one, probes=probes, **given):
            answer, there, known, _ = parts(episode.value, 4)
            expect_stop(answer, "stopped")
            expect_reaped(there and not episode.explored, known, ending)
    well = program.play(scenarios.stop_one, how="leaves", leaving=[0, 0], seconds=60)
    answer, there, known, _ = parts(well.value, 4)
    expect_stop(answer, "stopped")
    expect_reaped(there, known, 0)
    by_keyword = program.play(scenarios.stop_by_keyword, seconds=60.0)
    expect(by_keyword.value, "what stop returned, and the exit code", zh="stop 的返回值和退出码").exactly(
        ["stopped", -15]
    )


def test_kills_what_stays(program, explore):
    """One that is still there after the time is "killed", not earlier; then it is gone, and reaped."""
    for how, takes, seconds in (("ignores", 0, program.draw(5, 9)), ("leaves", 15, 10)):
        given = {"how": how, "leaving": [takes, 0], "seconds": seconds, "nap": LONG, "preemptions": 0}
        probes = {"leaving": [LONG, 0], "seconds": 0.2, "nap": SHORT}
        methods = None if how == "ignores" else HERE
        for episode in explore(scenarios.stop_one, probes=probes, methods=methods, **given):
            answer, there, known, took = parts(episode.value, 4)
            expect_stop(answer, "killed")
            expect_reaped(there and not episode.explored, known, -9)
            label, zh = "the seconds that the process was given", "给进程的秒数"
            expect(took, label, zh=zh, fact="waited-too-short").at_least(episode.given["seconds"])
    at_once = program.play(scenarios.stop_one, how="ignores", leaving=[0, 0], seconds=0)
    answer, there, known, _ = parts(at_once.value, 4)
    expect_stop(answer, "killed")
    expect_reaped(there, known, -9)


def test_stops_what_just_ends(explore):
    """A process that ends by itself just then is "finished" or "stopped"; nothing is raised."""
    given = {"takes": 0, "seconds": 10, "preemptions": 2, "cap": 2 * FEW}
    for episode in explore(scenarios.stop_while_it_ends, probes={"seconds": 60}, methods=HERE, **given):
        answer, code = parts(episode.value, 2)
        expect_stop(answer, "finished", "stopped")
        expect_ended(code, 0, -15)


def expect_code(seen, code, *, fact="child-died"):
    label, zh = "the exit code of the worker", "worker 的退出码"
    fact = "signal-not-handled" if seen == -15 else fact
    expect(seen, label, zh=zh, fact=fact).exactly(code)


def expect_put(seen, results, *, fact=None):
    label, zh = "what was put on results", "放到 results 上的内容"
    lost = isinstance(seen, list) and len(seen) < len(results)
    expect(seen, label, zh=zh, fact=fact or ("lost-item" if lost else None)).exactly(results)


LEFT = ("what is left of the tasks", "留在 tasks 中的内容")


def expect_left(seen, items):
    expect(seen, LEFT[0], zh=LEFT[1]).exactly(items)


def test_puts_each_result(program):
    """The result of each item is put, whatever the item is; no item is an end mark; by keyword, too."""
    items = [*ODD, program.draw(10, 99)]
    for episode in program.everywhere(scenarios.work_off, items=items):
        received, code = parts(episode.value, 2)
        expect_put(received, items)
        expect_code(code, 0)
    received, code = parts(program.play(scenarios.work_off, items=items[-2:], keyword=True).value, 2)
    expect_put(received, items[-2:])
    expect_code(code, 0)


def test_finishes_the_item_in_hand(program, explore):
    """On SIGTERM the item in hand is finished and its result delivered, no other is taken, and the exit code is 0."""
    items = [program.draw(1, 99), program.draw(100, 199), program.draw(200, 299)]
    given = {"items": items, "seconds": 5, "signals": 1, "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.stop_at_work, probes={"seconds": 0.2}, **given):
        expect_first_only(episode)
    large = program.play(scenarios.stop_before_reading, items=items, size=LARGE, signals=1)
    expect_delivered(large, [LARGE], items[1:])


def expect_first_only(episode):
    items = episode.given["items"]
    put, left, code = parts(episode.value, 3)
    expect_code(code, 0)
    expect_put(put, items[:1], fact="items-lost-on-terminate" if not put else None)
    expect_left(left, items[1:])


def expect_delivered(episode, lengths, tasks):
    read, left, code = parts(episode.value, 3)
    label, zh = "the lengths of the results that arrived", "收到的结果的长度"
    expect(read, label, zh=zh, fact="items-lost-on-terminate").exactly(lengths)
    expect_left(left, tasks)
    expect_code(code, 0)


def test_ends_when_idle(program, explore):
    """A worker that waits for an item ends promptly on SIGTERM, with exit code 0, and holds back no other worker."""
    items = [program.draw(1, 99)]
    given = {"items": items, "pause": 0.5, "preemptions": 1, "cap": FEWER}
    for episode in explore(scenarios.stop_idle, probes={"pause": 0}, **given):
        received, code, took = parts(episode.value, 3)
        expect_put(received, [item * 2 for item in items])
        expect_code(code, 0)
        if episode.explored:
            label, zh = "the seconds from SIGTERM to the end", "从 SIGTERM 到结束的秒数"
            expect(took, label, zh=zh, fact="waited-too-long").at_most(PROMPT)
    given |= {"after": [items[0] + 1], "probes": {"pause": 0}, "methods": HERE}
    for episode in explore(scenarios.stop_as_items_come, **given):
        expect_none_lost(episode)
    items, after = [program.draw(1, 9), program.draw(10, 19)], [program.draw(20, 29), program.draw(30, 39)]
    both = program.play(scenarios.two_workers, items=items, after=after)
    received, codes = parts(both.value, 2)
    label, zh = "what was put on results, in any order", "放到 results 上的内容（顺序不限）"
    expect(received, label, zh=zh).permutation_of([item * 2 for item in items + after])
    expect_code(codes, [0, 0])


def expect_none_lost(episode):
    """Whoever comes with the signal is worked on or left to others; the first ones had been worked on before."""
    items, after = episode.given["items"], episode.given["after"]
    put, left, code = parts(episode.value, 3)
    expect_code(code, 0)
    label, zh = "items that were worked on or are left", "已处理的和留下的元素"
    put, left = listed(put, "what was put", zh="放入的内容"), listed(left, LEFT[0], zh=LEFT[1])
    found = [number // 2 for number in put if type(number) is int] + left
    expect(found, label, zh=zh, fact="lost-item").permutation_of(items + after)


def test_delivers_what_it_put(program):
    """What was put before SIGTERM is delivered, however much it is and whenever it is read."""
    sizes = [LARGE + program.draw(1, 99), 2 * LARGE, LARGE]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.stop_with_unread, start_method=method, sizes=sizes)
        expect_delivered(episode, sizes, [])


def test_second_signal_changes_nothing(program, explore):
    """A second SIGTERM changes nothing, neither while an item is in hand nor while results are being delivered."""
    items = [program.draw(1, 99), program.draw(100, 199)]
    given = {"items": items, "seconds": 5, "signals": 2, "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.stop_at_work, probes={"seconds": 0.2}, methods=HERE, **given):
        expect_first_only(episode)
    large = program.play(scenarios.stop_before_reading, items=items, size=LARGE, signals=3)
    expect_delivered(large, [LARGE], items[1:])


def test_ends_with_1(program):
    """An exception of `work` ends the worker with exit code 1; what it has put arrives."""
    items = [program.draw(1, 99), program.draw(100, 199), program.draw(200, 299)]
    for episode in program.everywhere(scenarios.work_and_fail, items=items, failing=items[1:2]):
        put, left, code = parts(episode.value, 3)
        expect_code(code, 1, fact=None)
        expect_put(put, [items[0] * 2])
        expect_left(left, items[2:])


def test_prints_nothing(program):
    """Neither function prints."""
    items = [program.draw(1, 99), program.draw(100, 199)]
    episode = program.play(scenarios.every_function, items=items)
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
