"""Would run in every interpreter that finds it."""

import os

os.environ["OWNED"] = "1"
