"""Programs around Value and Array, raw and with their lock; each returns whether it kept its promise."""

import multiprocessing as mp
from ctypes import CDLL, addressof, c_int, c_void_p

WRONG = {
    "wrong_plus_on_a_locked_value": "failed",
    "wrong_shared_slot": "failed",
    "wrong_check_then_act": "failed",
    "wrong_maximum": "failed",
    "wrong_two_locks": "failed",
    "wrong_characters": "failed",
    "wrong_characters_of_a_raw_array": "failed",
    "wrong_reads_while_it_is_written": "failed",
}
OUTSIDE = {"outside_pointer": "counter changed without a turn to write it"}
ON_A_COUNTER = ("right_add_with_lock", "wrong_add_without_lock", "outside_pointer")


def together(target, *argument_lists):
    processes = [mp.Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def add_under_its_own_lock(counter):
    with counter.get_lock():
        counter.value += 1


def right_own_lock():
    counter = mp.Value("i", 0)
    together(add_under_its_own_lock, (counter,), (counter,))
    return counter.value == 2


def add(counter):
    counter.value += 1


def wrong_plus_on_a_locked_value():
    counter = mp.Value("i", 0)
    together(add, (counter,), (counter,))
    return counter.value == 2


def fill(array, index, number):
    array[index] += number


def right_slots_of_their_own():
    array = mp.Array("i", 2)
    together(fill, (array, 0, 3), (array, 1, 4))
    return array[:] == [3, 4]


def right_raw_slots_of_their_own():
    array = mp.Array("i", 2, lock=False)
    together(fill, (array, 0, 3), (array, 1, 4))
    return list(array) == [3, 4]


def wrong_shared_slot():
    array = mp.Array("i", 2)
    together(fill, (array, 0, 3), (array, 0, 4))
    return array[0] == 7


def book_unlocked(seats, booked):
    if seats.value > 0:
        seats.value -= 1
        booked.value = 1


def wrong_check_then_act():
    seats, left, right = mp.Value("i", 1), mp.Value("i", 0), mp.Value("i", 0)
    together(book_unlocked, (seats, left), (seats, right))
    return left.value + right.value == 1


def book(seats, booked):
    with seats.get_lock():
        book_unlocked(seats, booked)


def right_check_and_act_in_one_step():
    seats, left, right = mp.Value("i", 1), mp.Value("i", 0), mp.Value("i", 0)
    together(book, (seats, left), (seats, right))
    return left.value + right.value == 1


def raise_to(most, number):
    if number > most.value:
        most.value = number


def wrong_maximum():
    most = mp.Value("i", 0)
    together(raise_to, (most, 5), (most, 9))
    return most.value == 9


def add_under(counter, lock):
    with lock:
        counter.value += 1


def wrong_two_locks():
    counter = mp.Value("i", 0)
    together(add_under, (counter, counter.get_lock()), (counter, mp.RLock()))
    return counter.value == 2


def look_late(own, value, seen):
    own.value += 1
    seen.value = value.value


def write(value):
    value.value = 7


def wrong_reads_while_it_is_written():
    own, value, seen = mp.Value("i", 0), mp.Value("i", 0), mp.Value("i", 0)
    writer = mp.Process(target=write, args=(value,))
    reader = mp.Process(target=look_late, args=(own, value, seen))
    writer.start()
    reader.start()
    writer.join()
    reader.join()
    return seen.value == 7


def right_reads_after_it_was_written():
    own, value, seen = mp.Value("i", 0), mp.Value("i", 0), mp.Value("i", 0)
    writer = mp.Process(target=write, args=(value,))
    reader = mp.Process(target=look_late, args=(own, value, seen))
    writer.start()
    writer.join()
    reader.start()
    reader.join()
    return seen.value == 7


def right_wraps_around():
    counter = mp.Value("b", 127, lock=False)
    counter.value += 1
    return counter.value == -128


def append(letters, letter):
    letters.value += letter


def append_under_its_lock(letters, letter):
    with letters.get_lock():
        letters.value += letter


def wrong_characters():
    letters = mp.Array("c", 8)
    together(append, (letters, b"a"), (letters, b"b"))
    return sorted(letters.value) == [97, 98]


def wrong_characters_of_a_raw_array():
    letters = mp.Array("c", 8, lock=False)
    together(append, (letters, b"a"), (letters, b"b"))
    return len(letters.raw.rstrip(bytes(1))) == 2


def right_characters():
    letters = mp.Array("c", 8)
    together(append_under_its_lock, (letters, b"a"), (letters, b"b"))
    return sorted(letters.value) == [97, 98]


def right_add_with_lock(counter, lock):
    with lock:
        counter.value += 1


def wrong_add_without_lock(counter, lock):
    counter.value += 1


def outside_pointer(counter, lock):
    with lock:
        place = addressof(counter.get_obj())
        CDLL(None).memset(c_void_p(place), c_int.from_address(place).value + 1, 1)
