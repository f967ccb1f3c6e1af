"""ipc-grader: verdicts on exercises about processes and the ways they talk, that do not depend on luck."""

__version__ = "0.1.0"
