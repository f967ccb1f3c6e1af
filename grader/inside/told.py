"""What the turns of a thread came to, kept for its next message."""

from __future__ import annotations

import threading
from typing import Any

MOST_SEEN = 4


class Told(threading.local):
    """Each thread tells its own.

    What a process had put into a queue once went with the first message of the feeder, which is on its way for longer
    than the next request of who has put it: to the coordinator there was nothing to flush, and everybody was stuck.
    """

    def __init__(self) -> None:
        self.reads_of_clock = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Nothing has to be told."""
        self.news: list[dict[str, Any]] = []
        self.born: list[str] = []
        self.fed: list[str] = []
        self.seen: list[str] = []
        self.killed: list[str] = []
        self.interrupted: list[str] = []

    def take(self) -> dict[str, Any]:
        """What has to be told; from now on it was."""
        told = {"news": self.news, "born": self.born, "fed": self.fed, "seen": self.seen[:MOST_SEEN]}
        told |= {"killed": self.killed, "interrupted": self.interrupted}
        self.begin_anew()
        return {key: value for key, value in told.items() if value}
