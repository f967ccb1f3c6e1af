"""Cases of the diagnoses about processes: how they are started, what they share, how they end."""

from __future__ import annotations

from grader.model.observation import Fallen, LeftBehind, Remainder
from tests.diagnosis.cases import Case, failed, hung, seen, waits

CALLED = """
def work_on(item):
    Process(target=work(item)).start()
"""
HANDED = """
def work_on(item):
    Process(target=work, args=(item,)).start()
"""
RUN = """
def work_on(child):
    child.run()
"""
STARTED = """
def work_on(child):
    child.start()
"""
JOINED = """
def work_on(children):
    return [child.join() for child in children]
"""
TAKEN = """
def work_on(children, results):
    found = [results.get() for _ in children]
    for child in children:
        child.join()
    return found
"""
GLOBAL = """
found = []

def note(item):
    found.append(item)

def work_on(item):
    child = Process(target=note, args=(item,))
    child.start()
    child.join()
    return found
"""
LOCAL = GLOBAL.replace("    found.append", "    found = []\n    found.append")
NOTED_BY_A_HANDLER = """
flag = {}

def note(number, frame):
    flag["end"] = True

def work_on(item):
    signal.signal(signal.SIGTERM, note)
    child = Process(target=work)
    child.start()
    return "end" in flag
"""
IN_ONE_PROCESS = GLOBAL.replace("    child.start()\n", "")
AT_IMPORT = """
lock = Lock()

def work_on(counter):
    with lock:
        counter.value += 1
"""
HANDED_IN = """
def work_on(counter):
    lock = Lock()
    with lock:
        counter.value += 1
"""
NOT_ASKED = """
def work_on(target):
    child = Process(target=target)
    child.start()
    child.join()
"""
ASKED = NOT_ASKED + "    return child.exitcode\n"
TIMED = """
def work_on(child, seconds):
    child.join(seconds)
    return "finished"
"""
TIMED_AND_ASKED = """
def work_on(child, seconds):
    child.join(seconds)
    return child.is_alive()
"""
ASKED_TO_GO = """
def work_on(child, seconds):
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.terminate()
"""
FORCED_TO_GO = ASKED_TO_GO.replace("terminate", "kill")
DAEMON = """
def work_on(target):
    Process(target=target, daemon=True).start()
"""
NO_DAEMON = DAEMON.replace("True", "False")
FORCED = """
def work_on(child):
    child.terminate()
"""
ASKED_TO_END = """
def work_on(child, stopping):
    stopping.set()
"""
BOOTSTRAP = """
RuntimeError:
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.
"""
INHERITANCE = "RuntimeError: Lock objects should only be shared between processes through inheritance"

PROCESS_CASES = (
    Case(
        "target-called",
        hit=failed("child-died", observation=seen(stderr="TypeError: 'NoneType' object is not callable")),
        near=failed("child-died", observation=seen(stderr="TypeError: 'NoneType' object is not callable")),
        source=CALLED,
        near_source=HANDED,
    ),
    Case(
        "run-instead-of-start", hit=failed("no-processes"), near=failed("no-processes"), source=RUN, near_source=STARTED
    ),
    Case(
        "args-not-a-tuple",
        hit=failed("raised", actual="TypeError: work() argument after * must be an iterable, not int"),
        near=failed("raised", actual="TypeError: work() missing 1 required positional argument"),
    ),
    Case(
        "return-value-lost",
        hit=failed("wrong-value", expected="[1, 2]", actual="[None, None]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[None, None]"),
        source=JOINED,
        near_source=TAKEN,
    ),
    Case(
        "plain-global-not-shared",
        hit=failed("wrong-value", expected="[1, 2]", actual="[]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[]"),
        source=GLOBAL,
        near_source=LOCAL,
    ),
    Case(
        "plain-global-not-shared",
        hit=failed("wrong-value", expected="[1, 2]", actual="[]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[]"),
        source=GLOBAL,
        near_source=NOTED_BY_A_HANDLER,
    ),
    Case(
        "plain-global-not-shared",
        hit=failed("wrong-value", expected="[1, 2]", actual="[]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[]"),
        source=GLOBAL,
        near_source=IN_ONE_PROCESS,
    ),
    Case(
        "module-level-primitive",
        hit=failed("wrong-value", expected="2", actual="1", start_method="spawn"),
        near=failed("wrong-value", expected="2", actual="1", start_method="spawn"),
        source=AT_IMPORT,
        near_source=HANDED_IN,
    ),
    Case(
        "missing-main-guard",
        hit=failed("child-died", observation=seen(stderr=BOOTSTRAP)),
        near=failed("child-died", observation=seen(stderr=BOOTSTRAP.replace("bootstrapping", "other"))),
    ),
    Case(
        "mixed-contexts",
        hit=failed("raised", actual="RuntimeError: A SemLock created in a fork context is being shared with a process"),
        near=failed("raised", actual=INHERITANCE),
    ),
    Case(
        "primitive-as-pool-argument",
        hit=failed("raised", actual=INHERITANCE),
        near=failed("raised", actual="TypeError: cannot pickle 'generator' object"),
    ),
    Case(
        "thread-primitive",
        hit=failed("raised", actual="TypeError: cannot pickle '_thread.lock' object"),
        near=failed("raised", actual="TypeError: cannot pickle 'generator' object"),
    ),
    Case(
        "exit-code-swallowed",
        hit=failed("not-raised", expected="ValueError"),
        near=failed("not-raised", expected="ValueError"),
        source=NOT_ASKED,
        near_source=ASKED,
    ),
    Case(
        "exit-code-swallowed",
        hit=failed("not-raised", expected="ValueError", observation=seen(fallen=(Fallen(who="a", code=1),))),
        near=failed("not-raised", expected="ValueError", observation=seen()),
        source=NOT_ASKED,
    ),
    Case(
        "join-timeout-trusted",
        hit=failed("wrong-value", expected="'killed'", actual="'finished'"),
        near=failed("wrong-value", expected="'killed'", actual="'finished'"),
        source=TIMED,
        near_source=TIMED_AND_ASKED,
    ),
    Case(
        "terminate-ignored",
        hit=failed("left-process", left_behind=(LeftBehind(kind=Remainder.PROCESS, name="python (31)"),)),
        near=failed("left-process", left_behind=(LeftBehind(kind=Remainder.PROCESS, name="python (31)"),)),
        source=ASKED_TO_GO,
        near_source=FORCED_TO_GO,
    ),
    Case(
        "zombie",
        hit=failed("zombie", left_behind=(LeftBehind(kind=Remainder.ZOMBIE, name="python (31)"),)),
        near=failed("left-process", left_behind=(LeftBehind(kind=Remainder.PROCESS, name="python (31)"),)),
    ),
    Case(
        "daemon-kills-work",
        hit=failed("wrong-value", expected="[1, 2]", actual="[]"),
        near=failed("wrong-value", expected="[1, 2]", actual="[]"),
        source=DAEMON,
        near_source=NO_DAEMON,
    ),
    Case(
        "daemon-with-children",
        hit=failed("raised", actual="AssertionError: daemonic processes are not allowed to have children"),
        near=failed("raised", actual="AssertionError: cannot start a process twice"),
    ),
    Case(
        "terminate-while-holding",
        hit=hung(waits("second", "acquire", "lock-1", "first")),
        near=hung(waits("second", "acquire", "lock-1", "first")),
        source=FORCED,
        near_source=ASKED_TO_END,
    ),
)
