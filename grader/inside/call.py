"""One call: import what is needed, call it once, tell what came back, wait to be told that this was seen."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import plain
from .desk import CALL, Desk, announce_births
from .fit import misfit
from .vocabulary import ANSWER_BYTES, FRAME_BYTES, Frame, Kind

THREAD_PATIENCE, MOST_PATIENCE = 0.5, 3.0  # seconds, on a quiet machine and on a crowded one


def perform(request: dict[str, Any], line: socket.socket, root: str) -> None:
    """Do what the request says; returns when the examiner has seen the answer and what is left behind."""
    from .housekeepers import start_housekeepers  # here, for it brings sockets: a spawned child need not wait for them

    me = os.getpid()
    desk_path = root + "/desk"
    os.environ[CALL] = request["call"]
    multiprocessing.set_start_method(request["start_method"], force=True)
    multiprocessing.set_forkserver_preload(["__main__", "inside.stage"])  # else each child of the server imports it
    desk = Desk(desk_path, request["call"])
    start_housekeepers(request["start_method"], desk)
    multiprocessing.process.current_process()._config["semprefix"] = "/mp-" + request["call"]  # type: ignore[attr-defined]
    if request["gated"]:
        from .mirrors.everything import install

        install(desk, f"{root}/sub/{request['module']}.py")
    else:
        announce_births(desk_path)
    line.sendall(Frame.SET_UP.encode())
    answer = _answer(request, line, desk)
    if os.getpid() != me:
        os._exit(0)  # the function forked and came back twice; only the process that was started may answer
    _flush_output()
    send_answer(line, answer)
    line.recv(16)


def _flush_output() -> None:
    """What was printed comes before the answer; this process ends without the interpreter's own flushing."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(BaseException):  # the submission may have put anything in its place
            stream.flush()  # type: ignore[union-attr]


def _answer(request: dict[str, Any], line: socket.socket, desk: Desk) -> dict[str, Any]:
    scenario = request["scenario"]
    submission: ModuleType | None = None
    if not scenario:
        try:
            submission = importlib.import_module(request["module"])
        except BaseException as error:
            _ready(line)
            return {"kind": Kind.NO_IMPORT, "raised": plain.encode_raised(error)}
    _ready(line)
    if not request["function"]:
        return {"kind": Kind.RETURNED, "value": None}
    arguments, keywords = plain.decode(request["args"]), plain.decode(request["kwargs"])
    if scenario:
        return _play(request, arguments, keywords, desk)
    assert submission is not None
    return invoke(submission, request["function"], arguments, keywords)


def _play(request: dict[str, Any], arguments: Any, keywords: Any, desk: Desk) -> dict[str, Any]:
    from .stage import BadCall, MissingFunction, Stage, SubmissionFailed

    function = getattr(importlib.import_module("scenarios"), request["function"])
    stage = Stage(desk, request["module"], gated=request["gated"], clean=request["clean"])
    try:
        return outcome_of(lambda: function(stage, *arguments, **keywords))
    except SubmissionFailed as failed:
        return {"kind": Kind.NO_IMPORT, "raised": plain.encode_raised(failed.error)}
    except BadCall as bad:
        return {"kind": Kind.BAD_CALL, "name": bad.name, "signature": bad.signature, "message": str(bad)}
    except MissingFunction as missing:
        return {"kind": Kind.NO_FUNCTION, "name": missing.name, "names": missing.names}


def invoke(submission: ModuleType, name: str, arguments: Any, keywords: Any) -> dict[str, Any]:
    """Call the contract function `name` and tell what came of it."""
    function = getattr(submission, name, None)
    if not callable(function):
        return {"kind": Kind.NO_FUNCTION, "name": name, "names": public_names(submission)}
    if wrong := misfit(function, arguments, keywords):
        return {"kind": Kind.BAD_CALL, "name": name, "signature": wrong[0], "message": wrong[1]}
    answer = outcome_of(lambda: function(*arguments, **keywords))
    return {**answer, "names": _threads_left()}


def _threads_left() -> list[str]:
    """The threads that would keep this process from ending, and do not end by themselves in a moment."""
    threading: Any = sys.modules.get("threading")
    if threading is None:
        return []
    left = [thread for thread in threading.enumerate() if not (thread.daemon or thread is threading.main_thread())]
    # As the examiner's own `crowding`, which lies on its side of the wall.
    crowding = os.getloadavg()[0] / len(os.sched_getaffinity(0)) if left else 0.0
    for thread in left:
        thread.join(min(MOST_PATIENCE, THREAD_PATIENCE * max(1.0, crowding)))
    return [thread.name[:80] for thread in left if thread.is_alive()][:20]


def outcome_of(function: Callable[[], Any]) -> dict[str, Any]:
    """What the function returned or raised, as data; nothing of it is kept alive."""
    from .stage import BadCall, MissingFunction, SubmissionFailed

    try:
        answer = {"kind": Kind.RETURNED, "value": plain.encode(function())}
    except (BadCall, MissingFunction, SubmissionFailed):
        raise
    except BaseException as error:
        answer = {"kind": Kind.RAISED, "raised": plain.encode_raised(error)}
    gc.collect()  # named semaphores live until the last reference is gone (library docs, "Start methods")
    return answer


def public_names(module: ModuleType) -> list[str]:
    """The functions that the module defines."""
    return [name for name, value in vars(module).items() if callable(value) and not name.startswith("_")][:50]


def send_answer(line: socket.socket, answer: dict[str, Any]) -> None:
    """Send the answer in frames; one that is too large is told as such."""
    data = json.dumps(answer).encode()
    if len(data) > ANSWER_BYTES:
        data = json.dumps({"kind": Kind.RETURNED, "value": ["opaque", "a value that is too large"]}).encode()
    parts = [data[at : at + FRAME_BYTES] for at in range(0, len(data), FRAME_BYTES)]
    for number, part in enumerate(parts, start=1):
        line.sendall((Frame.LAST if number == len(parts) else Frame.PART).encode() + part)


def _ready(line: socket.socket) -> None:
    line.sendall(Frame.READY.encode())
    line.recv(16)
