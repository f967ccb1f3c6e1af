# Says often at the desk that a process was born, and starts none.
import threading

from inside.desk import CALL, Desk
import os


def count_together(workers, times):
    desk = Desk("/box/desk", os.environ[CALL])
    threads = [threading.Thread(target=lambda: desk.connect("born").close()) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return workers * times
