"""An examiner for tests: opens one box, says which processes live in it, and waits to be killed."""

import signal
import sys

from grader.model.exercise import Limits
from grader.sandbox.detect import detect
from grader.sandbox.launch import open_box
from tests.sandbox.boxes import WITHOUT_WALLS, accept, ask, inside_files


def main(level: str, question: str) -> None:
    """Play examiner."""
    isolation = WITHOUT_WALLS if level == "none" else detect()
    box = open_box(isolation, inside_files(), limits=Limits(), python=sys.executable)
    ask(box, question)
    _, daemon = accept(box)
    sys.stdout.write(f"{box.root} {box.zygote} {daemon}\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    sys.path.insert(0, ".")
    main(*sys.argv[1:])
