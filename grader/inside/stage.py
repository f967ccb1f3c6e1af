"""What a scenario works with: the submission, workers, meetings, doors, memory that the examiner reads itself."""

from __future__ import annotations

import importlib
import multiprocessing
import time
from collections.abc import Callable
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any

from . import gate, plain
from .call import invoke, outcome_of, public_names, send_answer
from .desk import Crowd, Desk, Door, Meeting, Notebook
from .endings import Endings
from .fit import misfit
from .memory import place_of
from .privacy import set_dumpable
from .vocabulary import Frame, Kind, Op, Role


class MissingFunction(BaseException):
    """The submission does not define a name of the contract; not an Exception, so that no scenario swallows it."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.names = names


class BadCall(BaseException):
    """The submission's function cannot be called as the contract says."""

    def __init__(self, name: str, signature: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.signature = signature


class SubmissionFailed(BaseException):
    """The submission's module raised while it was imported."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


class Call:
    """A call that `Stage.together` makes in a process of its own: of the submission or of a partner.

    `clean` says that nothing of the submission will be in that process, and that the submission must not look into it.
    """

    def __init__(
        self,
        function: str | Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        clean: bool = False,
    ) -> None:
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.clean = clean

    @property
    def label(self) -> str:
        """How the call is named in a witness."""
        return self.function if isinstance(self.function, str) else self.function.__name__


class Submission:
    """The student's module as a scenario sees it: a missing or uncallable name is told as such."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        if not hasattr(self._module, name):
            raise MissingFunction(name, public_names(self._module))
        value = getattr(self._module, name)
        return _Checked(name, value) if isinstance(value, FunctionType) else value


class Stage:
    """Where one scenario plays; made in the process that the examiner started for it."""

    def __init__(self, desk: Desk, module: str, *, gated: bool, clean: bool) -> None:
        self._desk = desk
        self._module = module
        self._gated = gated
        self._clean = clean

    @cached_property
    def submission(self) -> Submission:
        """The student's module, imported in this process; what its import leaves is not what a function leaves."""
        set_dumpable(allowed=True)  # from here on this process is no cleaner than any worker
        submission = Submission(import_submission(self._module))
        with gate.passing():
            self._desk.tell(Role.IMPORTED)
        return submission

    def call(self, function: str, /, *args: Any, **kwargs: Any) -> Call:
        """A call of a contract function, for `together`."""
        return Call(function, args, kwargs)

    def partner(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Call:
        """A call of a function of the scenarios, for `together`; its process never imports the submission."""
        return Call(function, args, kwargs, clean=self._clean)

    def together(self, **calls: Call) -> None:
        """Make each call in a process of its own, all ready before one begins; return when all have ended."""
        processes: list[Any] = []
        for name, call in calls.items():
            process = multiprocessing.Process(
                target=work, args=(self._desk, self._module, name, call, (len(processes), len(calls))), name=name
            )
            with gate.bringing_up(name):
                process.start()
            processes.append(process)
        for process in processes:
            process.join()
        with gate.passing():
            exits = {process.name: process.exitcode for process in processes}
            for process in processes:
                process.close()
        self._desk.tell(Role.EXITS, exits=exits)

    def share(self, name: str, value: Any) -> Any:
        """Let the examiner read `value` (a Value or an Array) itself; returns it."""
        from .regions import rename  # here, for it brings ctypes: a spawned child need not wait for that

        fd, place = place_of(value)
        rename(gate.name_memory(value, name), name)
        self._desk.tell(Role.SHARE, (fd,), name=name, **place)
        return value

    def meeting(self, name: str, size: int) -> Meeting:
        """A place where `size` different processes have to be at once."""
        return Meeting(self._desk, name, size)

    def crowd(self, name: str, size: int, patience: int = 1) -> Crowd:
        """A place where fewer than `size` should ever be at once.

        Who comes waits until it is proved that no more can come, or for `patience` seconds where that cannot be proved.
        """
        return Crowd(self._desk, name, size, patience)

    def door(self, name: str) -> Door:
        """A door that stays closed until it is opened."""
        return Door(self._desk, name)

    def notebook(self, name: str) -> Notebook:
        """Where any process can write what it does: `episode.notes[name]` has it in order, with the writer's pid."""
        return Notebook(self._desk, name)

    def endings(self) -> Endings:
        """From now on watch how the processes end that multiprocessing starts from this one."""
        return Endings()

    def children(self) -> list[str]:
        """Programs of the processes that this one has started and that are still there, dead ones as "a zombie".

        To be asked before the endings are: to look at an exit code is to reap.
        """
        from .children import own_children  # here: a spawned worker need not wait for it

        return own_children()

    def clock(self) -> float:
        """Seconds: virtual where time is, else of the machine."""
        return gate.now() if self._gated else time.monotonic()


def work(desk: Desk, module: str, name: str, call: Call, place: tuple[int, int]) -> None:
    """Body of a worker process: import, wait for the others, make the call, tell what came of it.

    `place` is which of how many it is.
    """
    set_dumpable(allowed=not call.clean)
    connection = desk.connect(Role.WORKER, name=name, count=place[0], size=place[1])
    if isinstance(call.function, str):
        try:
            submission = import_submission(module)
        except SubmissionFailed as failed:
            _finish(connection, {"kind": Kind.NO_IMPORT, "raised": plain.encode_raised(failed.error)})
            return
    gate.turn(Op.BEGIN, call.label)
    connection.sendall(Frame.READY.encode())
    connection.recv(16)
    if isinstance(call.function, str):
        answer = invoke(submission, call.function, call.args, call.kwargs)
    else:
        function = call.function
        answer = outcome_of(lambda: function(*call.args, **call.kwargs))
    gate.turn(Op.END, call.label)
    _finish(connection, answer)


def _finish(connection: Any, answer: dict[str, Any]) -> None:
    send_answer(connection, answer)
    connection.recv(16)
    connection.close()


def import_submission(module: str) -> ModuleType:
    """Import the student's module; whatever it raises is told as its fault."""
    try:
        return importlib.import_module(module)
    except BaseException as error:
        raise SubmissionFailed(error) from None


class _Checked:
    """A function of the submission: a call that does not fit is told as such; handed on, it is the function itself."""

    def __init__(self, name: str, function: FunctionType) -> None:
        self._name = name
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if wrong := misfit(self._function, args, kwargs):
            raise BadCall(self._name, *wrong)
        return self._function(*args, **kwargs)

    def __reduce__(self) -> tuple[Any, ...]:
        return _itself, (self._function,)


def _itself(function: FunctionType) -> FunctionType:
    return function
