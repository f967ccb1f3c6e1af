"""A stand-in for the inside main program: evaluates what the control line brings and answers with its repr."""

import socket
import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent)


def connect() -> socket.socket:
    """A line to the desk."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(f"{ROOT}/desk")
    return line


def evaluate(text: str) -> str:
    """The value of the last line after executing the others, or the error in words."""
    names: dict[str, object] = {"connect": connect, "ROOT": ROOT}
    try:
        *statements, last = text.strip().split("\n")
        exec("\n".join(statements), names)  # noqa: S102  the test's own text
        return repr(eval(last, names))  # noqa: S307  the test's own text
    except BaseException as error:  # noqa: BLE001  the test asks for any
        return repr(f"{type(error).__name__}: {error}")


def main() -> None:
    """Answer until the line ends."""
    control = socket.socket(fileno=int(sys.argv[1]))
    while question := control.recv(65536):
        control.send(evaluate(question.decode()).encode())


if __name__ == "__main__":
    main()
