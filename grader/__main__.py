"""`python -m grader` is `grade`."""

import sys

if not sys.flags.safe_path:
    # `-m` put the current folder first: a queue.py of the student's would be run as ours.
    del sys.path[0]

from grader.cli.main import main

if __name__ == "__main__":
    main()
