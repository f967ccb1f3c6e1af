"""What the contract of ex19 promises, one check per promise."""

import scenarios

from grader.suite.expect import expect

ODD = [
    "",
    "\r",
    "a\r",
    "\rb",
    "\x0b\x0c",
    "\x1c\x1d\x1e",
    "\x85",
    "\u2028\u2029",
    " \t ",
    "\\n",
    "\x00",
    "\x1a",
    "\ufeff",
]
WORDS = ["管道", "naïve", "🙂", "'", '"', "%s", "{}", "null", "STOP", "EOF", "0"]
BIG = 2**64 - 1


def expect_back(seen, lines, what="what came back", zh="返回的内容"):
    expect(seen, what, zh=zh).exactly(lines)


def some_lines(program, count):
    return [f"line {number} {program.draw(1, 10**9)}" for number in range(count)]


def test_returns_the_lines(program):
    """Every str without a newline comes back unchanged, in order, under every start method; an empty list, too."""
    ours = some_lines(program, 3)
    texts = [ours, ODD, [], [""], ["", ""], ["", *ours, ""]]
    for episode in program.everywhere(scenarios.send_each, texts=texts):
        expect_all_back(episode)
    many = [str(program.draw(1, 9**9)) for _ in range(3000)]
    for more in ([WORDS, ["\r"] * 3], [many, ["\ufeffa", "\ufeff"]]):
        expect_all_back(program.play(scenarios.send_each, texts=more))
    expect_all_back(program.play(scenarios.send_each, texts=[ours, ours[:1]], keyword=True))


def expect_all_back(episode):
    for back, lines in zip(list_of(episode, 2)[0], episode.given["texts"], strict=False):
        text = "".join(map(str, back)) if isinstance(back, list) else ""
        lost = "\r" in "".join(lines) and "\r" not in text
        label = "what came back"
        expect(back, label, zh="返回的内容", fact="newline-translated" if lost else None).exactly(lines)


def list_of(episode, length):
    """What the scenario returned: a list of so many entries; ends the check if the submission raised."""
    expect([type(episode.value).__name__, len(episode.value)], "the scenario's answer").exactly(["list", length])
    return episode.value


def test_carries_large_lines(program):
    """Lines that are larger than what a FIFO holds at once come back as well."""
    sizes = [program.draw(2_000_000, 3_000_000), 0, program.draw(65_530, 65_540), 5]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.send_blocks, start_method=method, sizes=sizes)
        expect_back(episode.value, ["list", len(sizes), [True] * len(sizes)], "which lines came back", "哪些行回来了")


def test_goes_through_a_fifo(program):
    """A child writes, and what it writes goes through a FIFO at the path, not through a file that grows."""
    lines = some_lines(program, 10)
    for episode in program.everywhere(scenarios.send_where_files_are_small, lines=lines, times=4000):
        back, count, seen = list_of(episode, 3)
        expect_back([back, count], [lines, 40_000], "what came back, and how many lines", "返回的内容和行数")
        label, zh = "what happened at the path", "该路径上发生的事"
        expect(seen, label, zh=zh).one_of(["made", "opened"], None)
        expect(
            episode.processes, "processes beside the caller", zh="除调用者之外的进程数", fact="no-processes"
        ).at_least(1)
    usual = program.play(scenarios.send_one, lines=lines)
    expect_back(usual.value, lines)
    bereaved = program.bereaved(scenarios.send_one, lines=lines)
    if bereaved.processes <= usual.processes:
        label, zh = "whether the lines come back without the child", "没有子进程时，各行是否照样返回"
        expect(bereaved.returned(lines), label, zh=zh, fact="no-processes").exactly(False)


def test_tells_of_a_failed_child(program):
    """If the child fails, the caller raises: nobody takes a part of the lines for all of them."""
    lines = some_lines(program, 300)
    for episode in program.everywhere(
        scenarios.send_with_a_failure, lines=lines, good=program.draw(90, 200), way="raise"
    ):
        expect_told(episode, lines)
    for way, good in (("kill", 250), ("raise", 0)):
        expect_told(program.play(scenarios.send_with_a_failure, lines=lines, good=good, way=way), lines)
    for deaths, scenario, given, whole in (
        (1, scenarios.send_one, {"lines": lines}, lines),
        (0, scenarios.send_in_little_memory, {"count": 64, "size": 2**20, "room": 2**23}, True),
    ):
        episode = program.bereaved(scenario, deaths=deaths, **given)  # one that waits for ever is found above
        answered = episode.observation.stop == "answered" and episode.main.frame is not None
        if answered and episode.raised is None and not episode.returned(whole):
            expect(
                "returned a part",
                "what it did when the child was gone",
                zh="子进程失败时它做了什么",
                fact="exit-code-swallowed",
            ).exactly("raised")


def expect_told(episode, lines):
    """It raised; or the child had no reason to fail, for it never went through the lines."""
    how, what, _ = list_of(episode, 3)
    if how != "raised" and what != lines:
        label, zh = "what it did when the child failed", "子进程失败时它做了什么"
        expect("returned a part", label, zh=zh, fact="exit-code-swallowed").exactly("raised")


def test_removes_the_fifo(program):
    """The FIFO is gone afterwards, under every start method, and also if the child fails; nothing else is left."""
    label, zh = "whether the FIFO is still there", "FIFO 是否还在"
    for episode in program.everywhere(scenarios.send_each, texts=[some_lines(program, 2)]):
        expect(list_of(episode, 2)[1], label, zh=zh, fact="fifo-left").exactly(False)
        episode.check_left_behind()
    lines = some_lines(program, 3)
    for way in ("raise", "kill"):
        episode = program.play(scenarios.send_with_a_failure, lines=lines, good=1, way=way)
        after = "whether the FIFO is still there after an error"
        expect(list_of(episode, 3)[2], after, zh="出错之后 FIFO 是否还在", fact="fifo-left").exactly(False)
        episode.check_left_behind()


def test_leaves_what_is_there(program):
    """If something is at the path already, FileExistsError is raised, and that is as it was."""
    kinds = ["file", "fifo", "folder", "link"]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.send_where_something_is, start_method=method, kinds=kinds)
        label, zh = "what was raised, and whether what was there is as it was", "引发的异常，以及原有的东西是否保持原样"
        expect(episode.value, label, zh=zh).exactly([[kind, "FileExistsError", True] for kind in kinds])
        episode.check_left_behind()


def expect_counter(content, number):
    """Eight bytes, and the number that they are."""
    expect(content, "the type of the file's content", zh="文件内容的类型").of_type("bytes")
    expect(len(content), "the size of the file in bytes", zh="文件的字节数").exactly(8)
    expect(int.from_bytes(content, "little"), "the counter in the file", zh="文件中的计数器").exactly(number)


def expect_free(free):
    label, zh = "whether the lock is free afterwards", "之后锁是否空闲"
    expect(free, label, zh=zh, fact="lock-not-released").exactly(True)


def test_adds_exactly(program):
    """The counter grows by `times`, whatever it was, up to the largest number of 64 bits; the lock is free then."""
    times = program.draw(5, 30)
    cases = [
        [0, times],
        [program.draw(1, 200), 0],
        [255, 1],
        [2**32 - 3, times],
        [2**63 - 2, times],
        [BIG - times, times],
    ]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.add_apart, start_method=method, cases=cases)
        for number, (start, more) in enumerate(cases):
            answer = episode.workers[f"adder_{number}"]
            expect(answer.value, "what add_in_file returned", zh="add_in_file 的返回值").exactly(None)
            content, free = list_of(episode, len(cases))[number]
            expect_counter(content, start + more)
            expect_free(free)


def test_loses_no_addition(program, explore):
    """No addition of two processes is lost, whichever way they interleave."""
    start = program.draw(1, 100)
    probes = {"first": program.draw(800, 1200), "second": program.draw(800, 1200)}
    for episode in explore(scenarios.two_adders, start=start, first=1, second=1, probes=probes):
        for answer in episode.workers.values():
            expect(answer.value, "what add_in_file returned", zh="add_in_file 的返回值").exactly(None)
        content, free = list_of(episode, 2)
        expect_counter(content, start + episode.given["first"] + episode.given["second"])
        expect_free(free)
    for episode in explore(scenarios.two_adders, start=255, first=2, second=1, preemptions=1):
        expect_counter(list_of(episode, 2)[0], 258)


def test_keeps_to_the_lock(program, explore):
    """Nothing is lost beside somebody who holds the lock while he reads and writes, and takes his time."""
    start = program.draw(1, 100)
    for episode in explore(scenarios.adder_and_somebody, start=start, times=2, pause=15, probes={"pause": 0.02}):
        expect(episode.workers["first"].value, "what add_in_file returned", zh="add_in_file 的返回值").exactly(None)
        expect(episode.workers["somebody"].raised, "what the other process raised", zh="另一个进程的异常").exactly(None)
        content, free = list_of(episode, 2)
        expect_counter(content, start + 3)
        expect_free(free)


def test_counts_in_the_file(program):
    """All additions of all workers are counted, in a file at the path that is gone afterwards."""
    for episode in program.everywhere(scenarios.count, workers=3, times=program.draw(2, 4)):
        expect_counted(episode)
    for workers, times in ((1, program.draw(2, 9)), (program.draw(4, 6), 1), (2, 0)):
        expect_counted(program.play(scenarios.count, workers=workers, times=times))
    times = program.draw(2, 5)
    episode = program.play(scenarios.count_by_keyword, workers=2, times=times)
    label, zh = (
        "what count_in_file returned, twice, and whether the file is still there",
        "两次的返回值，以及文件是否还在",
    )
    expect(episode.value, label, zh=zh).exactly([2 * times, 2 * times, False])


def expect_counted(episode):
    number, there, seen = list_of(episode, 3)
    right = episode.given["workers"] * episode.given["times"]
    expect(number, "what count_in_file returned", zh="count_in_file 的返回值").exactly(right)
    expect(there, "whether the file is still there", zh="文件是否还在", fact="fifo-left").exactly(False)
    episode.check_left_behind()
    label, zh = "what happened at the path", "该路径上发生的事"
    expect(seen[:1] if isinstance(seen, list) else seen, label, zh=zh).one_of(["made"], None)


def test_loses_no_count(program, explore):
    """Nothing is lost between the workers, and nothing is read before all have ended, however they interleave."""
    probes = {"workers": 4, "times": program.draw(1000, 1500)}
    for episode in explore(scenarios.count, workers=2, times=1, probes=probes):
        number, right = list_of(episode, 3)[0], episode.given["workers"] * episode.given["times"]
        expect(number, "what count_in_file returned", zh="count_in_file 的返回值").exactly(right)


def test_counts_in_processes(program):
    """The additions are the work of that many processes."""
    workers, times = program.draw(3, 5), program.draw(2, 4)
    usual = program.play(scenarios.count, workers=workers, times=times)
    expect(list_of(usual, 3)[0], "what count_in_file returned", zh="count_in_file 的返回值").exactly(workers * times)
    label, zh = "processes that were seen, the caller included", "观察到的进程数（含调用者）"
    expect(usual.processes + 1, label, zh=zh, fact="no-processes").at_least(workers)
    bereaved = program.bereaved(scenarios.count, deaths=workers, workers=workers, times=times)
    answered = bereaved.observation.stop == "answered" and bereaved.main.frame is not None
    if answered and bereaved.raised is None and bereaved.processes <= usual.processes:
        label, zh = "whether the count is the same without any of the workers", "没有那些 worker 时，结果是否照样"
        expect(list_of(bereaved, 3)[0] == workers * times, label, zh=zh).exactly(False)


def test_prints_nothing(program):
    """No function prints."""
    episode = program.play(scenarios.everything_once)
    expect(episode.value, "what came of it", zh="结果").exactly([["a", ""], [7, 0, 0, 0, 0, 0, 0, 0], 6])
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
