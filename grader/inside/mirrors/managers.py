"""Manager proxies, on the client's side: a call is one turn, the server answers it at once.

The server process and its threads run free. Calls that block are made as tries, and tried again after others got on.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import managers as _managers
from queue import Empty, Full
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

managers: Any = _managers  # its private parts are what a mirror replaces

_real_call = managers.BaseProxy._callmethod
_real_create = managers.BaseManager._create
_real_start = managers.BaseManager.start
_real_finalize = managers.BaseManager._finalize_manager
FIRST = {"acquire": 0, "get": 0, "put": 1}  # where `block` stands among the arguments; the time limit follows it
MUTEXES = ("Lock", "RLock")
SEMAPHORES = ("Semaphore", "BoundedSemaphore")
LOCKS = MUTEXES + SEMAPHORES
UNLIMITED = -1  # as threading's locks have it
QUEUES = ("Queue", "JoinableQueue")
UNSUPPORTED = {"wait", "wait_for", "join"}


def install() -> None:
    """Gate every call of a proxy."""
    managers.BaseProxy._callmethod = _call
    managers.BaseManager._create = _create
    managers.BaseManager.start = _start
    managers.BaseManager._finalize_manager = staticmethod(_free(_real_finalize))


def _identity(token: Any) -> str:
    return f"{token.address}/{token.id}"


def _create(self: Any, typeid: str, /, *arguments: Any, **keywords: Any) -> Any:
    token, exposed = _real_create(self, typeid, *arguments, **keywords)
    if not gate.is_off():
        gate.christen(f"manager {typeid}", _identity(token))
    return token, exposed


def _start(self: Any, *arguments: Any, **keywords: Any) -> None:
    with gate.bringing_up_a_server():
        _real_start(self, *arguments, **keywords)
    if getattr(self, "shutdown", None) is not None:
        self.shutdown = _FreeCall(self.shutdown)


class _FreeCall:
    """The manager's shutdown: it joins the server, which is no worker."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        with gate.passing():
            return self.real(*arguments, **keywords)

    def still_active(self) -> bool:
        """As of the finalizer it stands for."""
        return bool(self.real.still_active())


def _free(real: Callable[..., Any]) -> Callable[..., Any]:
    def called(*arguments: Any, **keywords: Any) -> Any:
        with gate.passing():
            return real(*arguments, **keywords)

    return called


def _call(self: Any, methodname: str, args: tuple[Any, ...] = (), kwds: dict[str, Any] | None = None) -> Any:
    kwds = kwds or {}
    if gate.is_off():
        return _real_call(self, methodname, args, kwds)
    kind = self._token.typeid
    name = gate.name_at_server(_identity(self._token))
    if name is None:
        gate.uncontrolled("an object of a manager that another process made")
        name = ""
    if methodname in UNSUPPORTED and (kind in QUEUES or kind in ("Event", "Condition", "Barrier")):
        gate.uncontrolled(f"{kind}.{methodname}() of a manager")
    if methodname in FIRST and kind in LOCKS + QUEUES:
        return _try(self, name, methodname, args, kwds)

    def attempt() -> tuple[bool, Any]:
        try:
            result = _real_call(self, methodname, args, kwds)
            if methodname == "__iter__":  # the server has made an iterator for this call
                gate.christen("manager Iterator", _identity(result._token))
            return True, result
        finally:
            gate.tell(name, Aspect.CHANGED, None)

    return gate.turn(_op(methodname), name, attempt, value=methodname)


def _refuses(kind: str, block: object, timeout: Any) -> bool:
    """Whether the server's object does not take such a time limit (library docs, queue and threading)."""
    if timeout is None or (kind in MUTEXES and timeout == UNLIMITED):
        return False
    if not block:
        return kind in LOCKS
    return kind not in SEMAPHORES and timeout < 0


def _try(self: Any, name: str, method: str, args: tuple[Any, ...], kwds: dict[str, Any]) -> Any:
    kind, first = self._token.typeid, FIRST[method]
    block = args[first] if len(args) > first else kwds.get("block", kwds.get("blocking", True))
    timeout = args[first + 1] if len(args) > first + 1 else kwds.get("timeout")
    if len(args) > first + 2 or (method == "put" and not args and "item" not in kwds) or _refuses(kind, block, timeout):
        return gate.turn(_op(method), name, lambda: (True, _real_call(self, method, args, kwds)))
    if kind in MUTEXES and timeout == UNLIMITED:
        timeout = None
    wait = (None if timeout is None else max(0.0, float(timeout))) if block else 0.0

    def attempt() -> tuple[bool, tuple[str, Any]]:
        try:
            result = _real_call(
                self, method, (args[0] if args else kwds["item"], False) if method == "put" else (False,)
            )
        except (Empty, Full) as refused:
            return False, ("raise", refused)
        if method == "acquire" and not result:
            return False, ("return", False)
        gate.saw(result if method == "get" else True)
        gate.tell(name, Aspect.CHANGED, None)
        return True, ("return", result)

    how, result = gate.turn(_op(method), name, attempt, need=(name, Aspect.CHANGED), wait=wait)
    if how == "raise":
        raise result
    return result


def _op(method: str) -> Op:
    return {"acquire": Op.ACQUIRE, "release": Op.RELEASE, "get": Op.GET, "put": Op.PUT}.get(method, Op.MANAGER)
