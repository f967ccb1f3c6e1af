"""The first program in a box: a zygote that forks one fresh process per call.

A child that multiprocessing spawns runs this file again, as `__mp_main__`: it only says that it was born.

Interpreters start without `site` here: installed packages are hidden anyway, where it would run their `.pth` files,
and each spawned child would pay for it. What a program notices of it, the built-in `exit` and its like, is put in.
"""

import gc
import os
import site
import sys

CORES = 2
HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib would cost each spawned child 5 ms
for _folder in (HERE, HERE + "/suite", HERE + "/sub"):
    if _folder not in sys.path:
        sys.path.append(_folder)  # after the standard library: a student's queue.py must not shadow it

site.setquit()
site.setcopyright()
site.sethelper()

# A pool of as many workers as there are cores shall have the same number on every machine, and so the same verdict.
os.cpu_count = lambda: CORES
if sys.version_info >= (3, 13):
    os.process_cpu_count = os.cpu_count

if __name__ == "__main__":
    from inside.zygote import serve  # type: ignore[import-not-found]  # it lies beside this file in the box

    serve(int(sys.argv[1]), HERE)
else:
    from inside.desk import announce_births  # type: ignore[import-not-found]

    announce_births(HERE + "/desk")
    gc.freeze()  # what was imported is here to stay: the collector need not look at it now, nor when this process ends
