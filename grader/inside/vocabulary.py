"""The words that cross the wall; the only module of the box that the trusted side may import."""

from __future__ import annotations

from enum import StrEnum

FRAME_BYTES = 60_000  # payload of one SOCK_SEQPACKET message, well below the kernel's default send buffer
ANSWER_BYTES = 8 * 1024 * 1024  # an answer is plain data to compare, not a store
ASK_BYTES = 16_384  # one request for a turn
UNPREPARED = 70  # exit code of a call in which our own code raised (sysexits.h: an internal software error)
STACK_SIGNAL = 50  # SIGRTMIN + 16 with glibc: nobody uses it
LIVE_STACK_SIGNAL = 23  # SIGURG: a process that has lost its handler since it was looked at, as it ends, ignores it
STACK_FRAMES = 100
FIFO_MARK = "|"  # behind the name of a FIFO, as `ls -F` has it
STACK_FD = 400  # far above what a program opens, below RLIMIT_NOFILE; the same in all processes
PLAIN_DEPTH = 50
PLAIN_NODES = 400_000


class Op(StrEnum):
    """What a worker does when it asks for its turn."""

    BEGIN = "begin"
    END = "end"
    EXIT = "exit"
    START = "start"
    JOIN = "join"
    IS_ALIVE = "is-alive"
    ACQUIRE = "acquire"
    RELEASE = "release"
    READ = "read"
    WRITE = "write"
    PUT = "put"
    FLUSH = "flush"
    GET = "get"
    EMPTY = "empty"
    FULL = "full"
    QSIZE = "qsize"
    TASK_DONE = "task-done"
    JOIN_QUEUE = "join-queue"
    JOIN_THREAD = "join-thread"
    WAIT = "wait"
    NOTIFY = "notify"
    NOTIFIED = "notified"
    IS_SET = "is-set"
    SET = "set"
    CLEAR = "clear"
    ARRIVE = "arrive"
    RESET = "reset"
    ABORT = "abort"
    STATE = "state"
    SEND = "send"
    RECEIVE = "receive"
    POLL = "poll"
    CLOSE = "close"
    SIGNAL = "signal"
    SLEEP = "sleep"
    MANAGER = "call-manager"


class Aspect(StrEnum):
    """What a blocked worker waits for a resource to have."""

    FREE = "free"
    ITEMS = "items"
    ROOM = "room"
    DONE = "done"
    GONE = "gone"
    FLUSHED = "flushed"
    WOKEN = "woken"
    TAKEN = "taken"
    READABLE = "readable"
    WRITABLE = "writable"
    CHANGED = "changed"
    NEVER = "never"


class Handling(StrEnum):
    """What became of a signal in the process that handles it."""

    BEGINS = "begins"
    RETURNED = "returned"
    RAISED = "raised"


class Role(StrEnum):
    """As whom a process of the box introduces itself at the desk."""

    GATE = "gate"
    WORKER = "worker"
    MEETING = "meeting"
    DOOR = "door"
    NOTE = "note"
    SHARE = "share"
    MAPPING = "mapping"
    HOUSEKEEPER = "housekeeper"
    BORN = "born"
    IMPORTED = "imported"
    EXITS = "exits"


class Kind(StrEnum):
    """What became of a call, as the box tells it."""

    RETURNED = "returned"
    RAISED = "raised"
    NO_FUNCTION = "no-function"
    BAD_CALL = "bad-call"
    NO_IMPORT = "no-import"


class Frame(StrEnum):
    """First letter of each message on a line."""

    SET_UP = "S"  # our own preparations are over; from here on the submission may run
    READY = "R"
    PART = "P"
    LAST = "L"
