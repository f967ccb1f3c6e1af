"""Programs around Barrier and Condition; each returns whether it kept its promise."""

import multiprocessing as mp
import threading
import time

WRONG = {
    "wrong_one_party_too_many": "hung",
    "wrong_writes_after_the_barrier": "failed",
    "wrong_leaves_before_the_others": "hung",
    "wrong_time_limit_too_short": "failed",
    "wrong_notifies_before_it_waits": "hung",
    "wrong_notify_without_a_change": "failed",
    "wrong_if_instead_of_while": "failed",
    "wrong_two_turns_on_one_event": "hung",
    "wrong_pulse": "hung",
}


def together(target, *argument_lists):
    processes = [mp.Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def write_then_look(barrier, own, other, seen):
    own.value = 7
    barrier.wait()
    seen.value = other.value


def look_after(target):
    barrier, values, seen = mp.Barrier(2), raw_values(2), raw_values(2)
    together(target, (barrier, values[0], values[1], seen[0]), (barrier, values[1], values[0], seen[1]))
    return [value.value for value in seen] == [7, 7]


def raw_values(count):
    return [mp.Value("i", 0, lock=False) for _ in range(count)]


def right_barrier():
    return look_after(write_then_look)


def wait_then_write(barrier, own, other, seen):
    barrier.wait()
    own.value = 7
    seen.value = other.value


def wrong_writes_after_the_barrier():
    return look_after(wait_then_write)


def wrong_one_party_too_many():
    return together(lambda barrier: barrier.wait(), (mp.Barrier(2),)) == [0]


def phases(barrier, own, total, count):
    for phase in range(count):
        own.value = phase + 1
        if barrier.wait() == 0:
            total.value += 1
        barrier.wait()


def right_two_phases():
    barrier, own, total = mp.Barrier(2), raw_values(2), mp.Value("i", 0, lock=False)
    codes = together(phases, (barrier, own[0], total, 2), (barrier, own[1], total, 2))
    return total.value == 2 and codes == [0, 0]


def wrong_leaves_before_the_others():
    barrier, own, total = mp.Barrier(2), raw_values(2), mp.Value("i", 0, lock=False)
    together(phases, (barrier, own[0], total, 1), (barrier, own[1], total, 2))
    return total.value == 2


def wait_briefly(barrier, broken, seconds):
    time.sleep(seconds)
    try:
        barrier.wait(10)
    except threading.BrokenBarrierError:
        broken.value = 1


def broken_by(*pauses):
    barrier, broken = mp.Barrier(2), raw_values(2)
    together(wait_briefly, *((barrier, value, pause) for value, pause in zip(broken, pauses)))
    return [value.value for value in broken], barrier.broken


def right_late_but_in_time():
    return broken_by(0, 9) == ([0, 0], False)


def right_too_late_breaks_it_for_both():
    return broken_by(0, 11) == ([1, 1], True)


def wrong_time_limit_too_short():
    return broken_by(0, 11) == ([0, 0], False)


def right_action_runs_once():
    value = mp.Value("i", 0, lock=False)

    def act():
        value.value += 1

    barrier = mp.Barrier(2, action=act)
    codes = together(lambda barrier: barrier.wait(), (barrier,), (barrier,))
    return value.value == 1 and codes == [0, 0] and barrier.n_waiting == 0


def abort(barrier):
    barrier.abort()


def right_abort():
    barrier, broken = mp.Barrier(3), raw_values(1)
    waiter = mp.Process(target=wait_briefly, args=(barrier, broken[0], 0))
    waiter.start()
    abort(barrier)
    waiter.join()
    return broken[0].value == 1


def raise_flag(flag, condition):
    with condition:
        flag.value = 1
        condition.notify()


def waited(wait):
    flag, condition = mp.Value("i", 0, lock=False), mp.Condition()
    setter = mp.Process(target=raise_flag, args=(flag, condition))
    setter.start()
    came = wait(flag, condition)
    setter.join()
    return bool(came)


def loop(flag, condition):
    with condition:
        while not flag.value:
            condition.wait()
        return flag.value


def right_waits_in_a_loop():
    return waited(loop)


def wait_only(flag, condition):
    with condition:
        condition.wait()
        return flag.value


def wrong_notifies_before_it_waits():
    return waited(wait_only)


def right_wait_for_with_time_limit():
    condition = mp.Condition()
    began = time.monotonic()
    with condition:
        came = condition.wait_for(lambda: False, 100)
    return not came and 100 <= time.monotonic() - began < 101


def notify_early(flag, condition):
    with condition:
        condition.notify()
    time.sleep(1)
    with condition:
        flag.value = 1


def wait_once_briefly(flag, condition, seen):
    with condition:
        condition.wait(5)
        seen.value = flag.value


def wrong_notify_without_a_change():
    flag, seen, condition = *raw_values(2), mp.Condition()
    together_started((notify_early, flag, condition), (wait_once_briefly, flag, condition, seen))
    return seen.value == 1


def together_started(*calls):
    processes = [mp.Process(target=call[0], args=call[1:]) for call in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def take_if(stock, condition):
    with condition:
        if stock.value == 0:
            condition.wait()
        stock.value -= 1


def supply(stock, condition):
    for _ in range(2):
        with condition:
            stock.value += 1
            condition.notify_all()


def take_while(stock, condition):
    with condition:
        while stock.value == 0:
            condition.wait()
        stock.value -= 1
        assert stock.value >= 0


def least_stock(take):
    stock, condition = mp.Value("i", 0, lock=False), mp.Condition()
    takers = [mp.Process(target=take, args=(stock, condition)) for _ in range(2)]
    for taker in takers:
        taker.start()
    with condition:
        stock.value += 1
        condition.notify_all()
        seen = stock.value
    with condition:
        least = stock.value
        stock.value += 1
        condition.notify_all()
    for taker in takers:
        taker.join()
    return seen == 1 and least >= 0 and stock.value == 0


def right_while_around_the_wait():
    return least_stock(take_while)


def wrong_if_instead_of_while():
    return least_stock(take_if)


def answer(asked, answered):
    asked.wait()
    answered.set()


def right_two_events():
    asked, answered = mp.Event(), mp.Event()
    partner = mp.Process(target=answer, args=(asked, answered))
    partner.start()
    asked.set()
    came = answered.wait(10)
    partner.join()
    return came


def take_turn(event, value):
    event.wait()
    event.clear()
    value.value += 1


def wrong_two_turns_on_one_event():
    event, values = mp.Event(), raw_values(2)
    processes = [mp.Process(target=take_turn, args=(event, value)) for value in values]
    for process in processes:
        process.start()
    event.set()
    event.set()
    for process in processes:
        process.join()
    return sum(value.value for value in values) == 2


def wait_for_pulse(event, value):
    event.wait()
    value.value = 1


def wrong_pulse():
    event, value = mp.Event(), mp.Value("i", 0, lock=False)
    waiter = mp.Process(target=wait_for_pulse, args=(event, value))
    waiter.start()
    event.set()
    event.clear()
    waiter.join()
    return value.value == 1


def right_clear_before_set():
    event, value = mp.Event(), mp.Value("i", 0, lock=False)
    event.set()
    event.clear()
    waiter = mp.Process(target=wait_for_pulse, args=(event, value))
    waiter.start()
    event.set()
    waiter.join()
    return value.value == 1 and event.is_set()


def come(barrier):
    barrier.wait()


def right_looks_how_many_wait():
    barrier = mp.Barrier(2)
    process = mp.Process(target=come, args=(barrier,))
    process.start()
    while barrier.n_waiting == 0:
        pass
    barrier.wait()
    process.join()
    return process.exitcode == 0
