"""What the contract of ex01 promises, one check per promise.

Jobs sign in a book that the examiner keeps, so each process is known by its pid. A deadline is tried in virtual time;
in free runs a job that shall be too late waits for ever, and one that shall be in time has half a minute.
"""

import scenarios

from grader.suite.expect import expect, unproved

IN_TIME = 30  # seconds: enough for a process that has to be spawned on a busy machine
MANY = 20  # jobs: more than anybody starts at a time who starts them in batches


def expect_codes(seen, codes):
    expect(seen, "what run_all returned", zh="run_all 的返回值").exactly(codes)


def expect_deadline(episode, code):
    episode.check_left_behind()
    expect(episode.value, "what run_with_deadline returned", zh="run_with_deadline 的返回值").exactly(code)


def test_returns_every_code(program):
    """The exit codes stand in the order of the jobs: 0, 1 for an exception, what `sys.exit` says, -n for a signal."""
    code, result = program.draw(4, 99), program.draw(1, 99)
    ways = [
        ("z", ["exit", code], code),
        ("raises", ["raise", "on purpose"], 1),
        ("returns", ["return", result], 0),
        ("killed", ["signal", 9], -9),
        ("a", ["return", None], 0),
        ("terminated", ["signal", 15], -15),
        ("exits", ["exit", None], 0),
        ("exits with a text", ["exit", "text"], 1),
        ("starts a process itself", ["start", code], code),
    ]
    given = [[name, way] for name, way, _ in ways]
    for episode in program.everywhere(scenarios.run, ways=given):
        expect_run(episode, {name: code for name, _, code in ways})
    expect_run(program.play(scenarios.run, ways=[["only", ["exit", code]]], keyword=True), {"only": code})
    expect_run(program.play(scenarios.run, ways=[]), {})


def expect_run(episode, codes):
    episode.check_left_behind()
    value = episode.value
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    order, seen = value
    expect_codes(seen, codes)
    expect(order, "the order of the names", zh="名字的顺序", fact="order").exactly(list(codes))


def test_takes_a_process_each(program):
    """Each job is run once, in a process of its own that has the job's name; its code comes from there."""
    ways = [[name, ["return", 0]] for name in ("one", "two words", "第三", "Process-1")]
    for episode in program.everywhere(scenarios.run, ways=ways):
        expect_run(episode, {name: 0 for name, _ in ways})
        (caller, _), *notes = episode.notes["names"]
        pids = {pid for pid, _ in notes} - {caller}
        label, zh = "processes beside the caller that ran a job", "除调用者之外运行任务的进程数"
        expect(len(pids), label, zh=zh, fact="no-processes").exactly(len(ways))
        names = [name for _, name in notes]
        expect(names, "names of the processes", zh="进程的名字").permutation_of([name for name, _ in ways])
    codes = {"first": program.draw(3, 99)}
    bereaved = program.bereaved(scenarios.run_plain, ways=[["first", ["exit", codes["first"]]]])
    if bereaved.returned(codes) and bereaved.processes <= 1:
        unproved("the exit code is the same without the process", zh="没有那个进程，退出码却没有变化")


def test_starts_all_first(program):
    """All processes are started before any is waited for: the jobs can wait for each other."""
    ways = [["first", ["return", 0]], ["second", ["raise", "on purpose"]], ["third", ["exit", program.draw(2, 99)]]]
    label, zh = "jobs that ran at once", "同时运行的任务数"
    for episode in program.everywhere(scenarios.run_meeting, ways=ways):
        episode.check_left_behind()
        codes = episode.value
        expect(episode.met.get("jobs"), label, zh=zh, fact="serial").exactly(len(ways))
        expect_codes(codes, {"first": 0, "second": 1, "third": ways[2][1][1]})
    crowd = [[f"job {number}", ["return", None]] for number in range(MANY)]
    episode = program.play(scenarios.run_meeting, start_method="fork", ways=crowd)
    episode.check_left_behind()
    expect(episode.met.get("jobs"), label, zh=zh, fact="serial").exactly(MANY)
    expect_codes(episode.value, {name: 0 for name, _ in crowd})


def test_disturbs_no_other(program):
    """Jobs that fail or are killed do not disturb the others, which go on and end as they would have ended."""
    failures = [["raises", ["raise", "on purpose"]], ["killed", ["signal", 9]], ["exits", ["exit", 3]]]
    code = program.draw(4, 99)
    episode = program.play(
        scenarios.run_beside_failures, failures=failures, ways=[["a", ["return", 0]], ["b", ["exit", code]]]
    )
    episode.check_left_behind()
    expect_codes(episode.value, {"raises": 1, "killed": -9, "exits": 3, "a": 0, "b": code})


def test_returns_the_code_in_time(program, explore):
    """A job that ends before the deadline is never None: its exit code is returned, 0 included."""
    pause, seconds = program.draw(5, 8), program.draw(10, 15)
    probes = {"pause": 0.01, "seconds": IN_TIME}
    for episode in explore(scenarios.end_after, pause=pause, seconds=seconds, preemptions=0, probes=probes):
        expect_deadline(episode, 0)
    code = program.draw(2, 99)
    ways = [(["exit", code], code), (["raise", "x"], 1), (["signal", 9], -9), (["signal", 15], -15)]
    for way, expected in (*ways, (["start", code], code)):
        expect_deadline(program.play(scenarios.end_in_time, way=way, seconds=IN_TIME), expected)


def test_stops_at_the_deadline(program, explore):
    """A job that still runs after `seconds` is stopped, not before, and None is returned; nothing of it is left."""
    seconds = program.draw(3, 9)
    probes = {"pause": None, "seconds": 0.2}
    for episode in explore(scenarios.go_on, pause=1000, seconds=seconds, preemptions=0, probes=probes):
        expect_deadline(episode, None)
        waited, label = round(episode.seconds, 2), "the seconds until it returned"
        expect(waited, label, zh="返回之前的秒数", fact="waited-too-short").at_least(episode.given["seconds"])
    for at_once in (0, 0.0):
        expect_deadline(program.play(scenarios.go_on, pause=None, seconds=at_once), None)
    expect_deadline(program.play(scenarios.go_on_politely, start_method="fork", seconds=0.2), None)


def test_stops_the_stubborn(program):
    """A job that ignores SIGTERM is stopped for good, too."""
    for episode in program.everywhere(scenarios.go_on_stubbornly, seconds=0.2):
        expect_deadline(episode, None)


def test_prints_nothing(program):
    """No function prints."""
    episode = program.play(scenarios.every_function)
    expect(len(episode.value), "how many calls returned", zh="返回了几次调用").exactly(3)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
