"""What the contract of ex15 promises, one check per promise.

Jobs write down when they begin and end, in a book that the examiner keeps. Seconds are virtual where episodes are
explored: there, what was waited is exact up to the interval of a program that polls.
"""

import scenarios

from grader.suite.expect import expect

SLACK = 1
FEW = 20  # schedules


def texts(episode):
    return [text for _, text in episode.notes["jobs"]]


def expect_returned(answer, value):
    expect(answer.value, "what use_slot returned", zh="use_slot 的返回值").exactly(value)


def expect_ran(episode, *names):
    label, zh = "what the jobs did", "各个任务做了什么"
    expect(texts(episode), label, zh=zh).exactly([f"{word} {name}" for name in names for word in ("begin", "end")])


def expect_slots(seen, number, *, fact="semaphore-not-released"):
    label, zh = "how many slots are free afterwards", "之后空闲的名额数"
    expect(seen, label, zh=zh, fact=fact).exactly(number)


def expect_codes(episode, codes):
    """What it raised tells more than what it left, and what it left more than codes that were read too early."""
    if episode.raised is None:
        episode.check_left_behind()
    expect(episode.value, "what run_limited returned", zh="run_limited 的返回值").exactly(codes)


def expect_refusal(raised, name):
    expect(raised, "what reached the caller", zh="到达调用者的异常").named("scenarios.Refusal")
    expect(raised.args, "the exception's arguments", zh="异常的参数").exactly((name, "refused"))


def most_at_once(episode):
    """The most jobs that had begun and not ended at one time."""
    now = most = 0
    for text in texts(episode):
        now += {"begin": 1, "end": -1}.get(text.partition(" ")[0], 0)
        most = max(most, now)
    return most


def test_runs_with_a_slot(program):
    """If there is a slot, the job is run once and True is returned, whatever the job returns; the slot is free then."""
    slots = program.draw(2, 4)
    cases = [["plain", slots, 5, None], ["bounded", 1, 0, False], ["bounded", slots, 0.5, 0], ["plain", 1, 0.0, "no"]]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.use_each, start_method=method, cases=cases)
        for answer in episode.workers.values():
            expect_returned(answer, value=True)
        expect_ran(episode, *range(len(cases)))
        expect_slots(episode.value, [slots for _, slots, _, _ in cases])


def test_gives_up_in_time(program, explore):
    """If there is no slot for `seconds`, False is returned then, the job is not run, and nothing is given back."""
    slots = program.draw(1, 3)
    for kind, seconds, free in (("plain", 10, 0.2), ("bounded", 2.5, 0.3)):
        given = {"kind": kind, "slots": slots, "seconds": seconds, "preemptions": 0}
        for episode in explore(scenarios.use_while_all_are_taken, probes={"seconds": free}, **given):
            answer = episode.workers["user"]
            expect(texts(episode), "what the jobs did", zh="各个任务做了什么").exactly([])
            expect_returned(answer, value=False)
            expect_slots(episode.value, [0, slots], fact="semaphore-released-too-often")
            expect_waited(episode, answer, episode.given["seconds"])
    for seconds in (0, 0.0):
        at_once = program.play(scenarios.use_while_all_are_taken, kind="plain", slots=slots, seconds=seconds)
        expect_returned(at_once.workers["user"], value=False)
        expect_ran(at_once)
        expect_slots(at_once.value, [0, slots], fact="semaphore-released-too-often")


def expect_waited(episode, answer, seconds):
    waited, label, zh = round(answer.seconds, 2), "the seconds that it waited", "等待的秒数"
    expect(waited, label, zh=zh, fact="waited-too-short").at_least(seconds)
    if episode.explored:
        expect(waited, label, zh=zh, fact="waited-too-long").at_most(seconds + SLACK)


def test_waits_for_a_slot(program, explore):
    """If a slot comes in time, the job is run then."""
    pause = program.draw(2, 8)
    given = {"kind": "bounded", "seconds": 10, "pause": pause, "preemptions": 1}
    for episode in explore(scenarios.use_when_one_comes, probes={"seconds": 60, "pause": 0.05}, **given):
        answer = episode.workers["user"]
        expect_returned(answer, value=True)
        expect_ran(episode, "late")
        expect_slots(episode.value, 1)
        if episode.explored:
            waited, label = round(answer.seconds, 2), "the seconds until it had run"
            expect(waited, label, zh="运行完为止的秒数").at_least(pause)
            expect(waited, label, zh="运行完为止的秒数").at_most(pause + SLACK)


def test_gives_back_after_an_error(program):
    """An exception of the job reaches the caller, and the slot is free again."""
    name, slots = program.draw(1, 99), program.draw(2, 4)
    for kind, number in (("plain", 1), ("bounded", slots)):
        episode = program.play(scenarios.use_and_fail, kind=kind, slots=number, name=name)
        expect_refusal(episode.workers["failing"].raised, name)
        expect_slots(episode.value, [number, number])
        expect_returned(episode.workers["user"], value=True)
        expect_ran(episode, name, "after")


def test_holds_the_slot(program, explore):
    """The slot is held while the job runs: with one slot jobs never overlap, with several they can meet."""
    for episode in explore(scenarios.two_users, slots=1, seconds=50, preemptions=1, cap=FEW, probes={"seconds": 60}):
        for name in ("first", "second"):
            expect_returned(episode.workers[name], value=True)
        label, zh = "jobs that ran at once", "同时运行的任务数"
        expect(most_at_once(episode), label, zh=zh, fact="too-many-at-once").at_most(1)
        expect(len(texts(episode)), "how many beginnings and ends there were", zh="开始和结束的次数").exactly(4)
        expect_slots(episode.value, 1)
    slots = program.draw(2, 3)
    together = program.play(scenarios.users_who_meet, slots=slots)
    for answer in together.workers.values():
        expect_returned(answer, value=True)
    label, zh = "jobs that ran at once", "同时运行的任务数"
    expect(together.met.get("jobs"), label, zh=zh, fact="serial").exactly(slots)
    expect_slots(together.value, slots)


def test_runs_each_in_a_process(program):
    """Every job is run once, in a process of its own; the exit codes stand in order, 1 for one that raised."""
    names = [program.draw(1, 9), program.draw(10, 19), program.draw(20, 29), program.draw(30, 39)]
    failing = [names[program.draw(0, 1)], names[3]]
    codes = [int(name in failing) for name in names]
    for episode in program.everywhere(scenarios.run_each, names=names, failing=failing, limit=2):
        expect_codes(episode, codes)
        (caller, _), *notes = episode.notes["jobs"]
        label, zh = "which jobs were run", "运行了哪些任务"
        expect([text for _, text in notes], label, zh=zh).permutation_of(
            [f"{word} {name}" for name in names for word in ("begin", "end")]
        )
        pids = {pid for pid, _ in notes} - {caller}
        label, zh = "processes beside the caller that ran a job", "除调用者之外运行任务的进程数"
        expect(len(pids), label, zh=zh, fact="no-processes").exactly(len(names))
    expect_codes(program.play(scenarios.run_each, names=names[:2], failing=[], limit=9, keyword=True), [0, 0])
    expect_codes(program.play(scenarios.run_each, names=[], failing=[], limit=1), [])


def test_runs_not_too_many(program):
    """At most `limit` jobs run at the same time, whether they return or raise."""
    for episode in program.everywhere(scenarios.run_crowd, count=4, failing=[1], limit=2):
        expect_limited(episode)
    for limit, failing in ((1, [0]), (3, [])):
        expect_limited(program.play(scenarios.run_crowd, count=limit + 2, failing=failing, limit=limit))


def expect_limited(episode):
    given = episode.given
    expect_codes(episode, [int(number in given["failing"]) for number in range(given["count"])])
    label, zh = "jobs that ran at once", "同时运行的任务数"
    most = max(episode.met.get("jobs", 0), most_at_once(episode))
    expect(most, label, zh=zh, fact="too-many-at-once").at_most(given["limit"])


def test_runs_as_many_as_it_may(program):
    """`limit` jobs can run at the same time, and as soon as one has ended, another may begin."""
    for episode in program.everywhere(scenarios.run_meeting, count=3, limit=3):
        expect_codes(episode, [0, 0, 0])
        label, zh = "jobs that ran at once", "同时运行的任务数"
        expect(episode.met.get("jobs"), label, zh=zh, fact="serial").exactly(3)
    for long, failing in ((0, []), (1, [0, 2])):
        episode = program.play(scenarios.run_long, count=5, failing=failing, limit=2, long=long)
        expect_codes(episode, [int(number in failing) for number in range(5)])
        label, zh = "the long job and the last one, together", "长任务与最后一个任务，在一起的个数"
        met = episode.met.get("the long job and the last one")
        expect(met, label, zh=zh, fact="holds-back-others").exactly(2)


def test_prints_nothing(program):
    """No function prints, neither where all goes well nor where a job raises or has to wait in vain."""
    episode = program.play(scenarios.every_function)
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
