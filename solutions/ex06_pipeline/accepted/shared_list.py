"""A list of a manager under a condition instead of a queue; a semaphore and pipes keep the pace."""

import multiprocessing as mp


def _produce(state, cond, items):
    for i in items:
        with cond:
            state["items"] = state["items"] + [i]
            cond.notify()
    with cond:
        state["open"] -= 1
        cond.notify_all()


def _consume(state, cond, work):
    while True:
        with cond:
            cond.wait_for(lambda: state["items"] or not state["open"] or state["failed"])
            if state["failed"] or not state["items"]:
                return
            items = state["items"]
            item = items.pop(0)
            state["items"] = items
        try:
            r = work(item)
        except Exception as e:
            with cond:
                state["failed"] = [e]
                cond.notify_all()
            return
        with cond:
            state["results"] = state["results"] + [r]


def pipeline(sources, work, consumers):
    with mp.Manager() as m:
        state = m.dict(items=[], open=len(sources), results=[], failed=[])
        cond = m.Condition()
        ps = [mp.Process(target=_produce, args=(state, cond, s)) for s in sources]
        ps += [mp.Process(target=_consume, args=(state, cond, work)) for _ in range(consumers)]
        for p in ps:
            p.start()
        for p in ps:
            p.join()
        if state["failed"]:
            raise state["failed"][0]
        return state["results"]


def _make(make, n, conn, room):
    try:
        for i in range(n):
            room.acquire()
            try:
                conn.send(("item", make(i)))
            except BrokenPipeError:
                return
    except Exception as e:
        conn.send(("error", e))
    finally:
        conn.close()


def _work(conn, other, work, room, out):
    other.close()
    try:
        while True:
            try:
                kind, v = conn.recv()
            except EOFError:
                break
            if kind == "error":
                out.send((kind, v))
                break
            r = work(v)
            room.release()
            out.send(("item", r))
    except Exception as e:
        conn.close()
        for _ in range(3):
            room.release()
        out.send(("error", e))
    out.close()


def paced_pipeline(make, count, work, capacity):
    r, w = mp.Pipe(False)
    ro, wo = mp.Pipe(False)
    room = mp.Semaphore(capacity)
    b = mp.Process(target=_work, args=(r, w, work, room, wo))
    b.start()
    wo.close()
    r.close()
    a = mp.Process(target=_make, args=(make, count, w, room))
    a.start()
    w.close()
    res, err = [], None
    while True:
        try:
            k, v = ro.recv()
        except EOFError:
            break
        if k == "error":
            err = v
        else:
            res.append(v)
    a.join()
    b.join()
    ro.close()
    if err is not None:
        raise err
    return res
