"""Programs around views of shared memory: mmap, SharedMemory, ShareableList; each returns whether it kept its promise."""

import ctypes
import mmap
import multiprocessing as mp
import os
import struct
import tempfile
from multiprocessing.shared_memory import ShareableList, SharedMemory

WRONG = {
    "wrong_plus_in_a_block": "failed",
    "wrong_plus_in_a_cast_view": "failed",
    "wrong_plus_in_a_file": "failed",
    "wrong_reads_and_writes_as_of_a_file": "failed",
    "wrong_packs_without_a_lock": "failed",
    "wrong_only_the_write_is_locked": "failed",
    "wrong_field_of_a_structure": "failed",
    "wrong_number_in_a_block": "failed",
    "wrong_list": "failed",
    "wrong_anonymous_map": "failed",
    "wrong_view_of_an_array": "failed",
    "wrong_reads_while_it_is_written": "failed",
    "wrong_loop_while_it_is_written": "failed",
    "wrong_swap_of_two": "failed",
}
OUTSIDE = {"outside_move_behind_an_address": "memory-1 changed without a turn to write it"}


class Counter(ctypes.Structure):
    _fields_ = [("marks", ctypes.c_char * 8), ("count", ctypes.c_uint64)]


def together(target, *argument_lists):
    processes = [mp.Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def with_block(target, *more, size=16):
    """Two processes do `target(name, ...)`; returns what is in the block afterwards."""
    block = SharedMemory(create=True, size=size)
    try:
        together(target, *[(block.name, *arguments) for arguments in more or [(), ()]])
        return bytes(block.buf[:size])
    finally:
        block.close()
        block.unlink()


def with_file(target, *more):
    """Two processes do `target(path, ...)`; returns the number in the file afterwards."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "counter.bin")
    with open(path, "wb") as file:
        file.write(bytes(8))
    try:
        together(target, *[(path, *arguments) for arguments in more or [(), ()]])
        with open(path, "rb") as file:
            return int.from_bytes(file.read(), "little")
    finally:
        os.unlink(path)
        os.rmdir(folder)


def add_byte(name, lock=None):
    block = SharedMemory(name)
    if lock:
        with lock:
            block.buf[3] += 1
    else:
        block.buf[3] += 1
    block.close()


def wrong_plus_in_a_block():
    return with_block(add_byte)[3] == 2


def right_plus_in_a_block_under_a_lock():
    lock = mp.Lock()
    return with_block(add_byte, (lock,), (lock,))[3] == 2


def add_to(name, index):
    block = SharedMemory(name)
    numbers = block.buf.cast("q")
    numbers[index] = numbers[index] + 1
    numbers.release()
    block.close()


def wrong_plus_in_a_cast_view():
    return with_block(add_to, (1,), (1,))[8] == 2


def right_numbers_of_their_own():
    return with_block(add_to, (0,), (1,)) == struct.pack("=qq", 1, 1)


def add_in_file(path, lock=None):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 8) as memory:
        if lock:
            lock.acquire()
        number = int.from_bytes(memory[:8], "little")
        memory[:8] = (number + 1).to_bytes(8, "little")
        if lock:
            lock.release()


def wrong_plus_in_a_file():
    return with_file(add_in_file) == 2


def right_plus_in_a_file_under_a_lock():
    lock = mp.Lock()
    return with_file(add_in_file, (lock,), (lock,)) == 2


def add_by_position(path):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        number = int.from_bytes(memory.read(8), "little")
        memory.seek(0)
        memory.write((number + 1).to_bytes(8, "little"))


def wrong_reads_and_writes_as_of_a_file():
    return with_file(add_by_position) == 2


def add_packed(path, lock=None):
    form = struct.Struct("<Q")
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        if lock is None:
            (number,) = form.unpack_from(memory)
            struct.pack_into("<Q", memory, 0, number + 1)
            return
        with lock:
            (number,) = form.unpack_from(memory)
            struct.pack_into("<Q", memory, 0, number + 1)


def wrong_packs_without_a_lock():
    return with_file(add_packed) == 2


def right_packs_under_a_lock():
    lock = mp.Lock()
    return with_file(add_packed, (lock,), (lock,)) == 2


def add_half_locked(path, lock):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        with memoryview(memory) as view:
            number = int.from_bytes(view[:8], "little")
            with lock:
                view[0:8] = (number + 1).to_bytes(8, "little")


def wrong_only_the_write_is_locked():
    lock = mp.Lock()
    return with_file(add_half_locked, (lock,), (lock,)) == 2


def add_in_structure(name):
    block = SharedMemory(name)
    counter = Counter.from_buffer(block.buf)
    counter.count += 1
    del counter
    block.close()


def wrong_field_of_a_structure():
    return with_block(add_in_structure)[8] == 2


def add_number(name, lock=None):
    block = SharedMemory(name)
    number = ctypes.c_int64.from_buffer(block.buf, 8)
    if lock:
        lock.acquire()
    number.value += 1
    if lock:
        lock.release()
    del number
    block.close()


def wrong_number_in_a_block():
    return with_block(add_number)[8] == 2


def right_number_in_a_block_under_a_lock():
    lock = mp.Lock()
    return with_block(add_number, (lock,), (lock,))[8] == 2


def add_in_list(name, lock):
    numbers = ShareableList(name=name)
    if lock:
        with lock:
            numbers[1] += 1
    else:
        numbers[1] += 1
    numbers.shm.close()


def count_in_list(lock):
    numbers = ShareableList([5, 0, "end"])
    together(add_in_list, (numbers.shm.name, lock), (numbers.shm.name, lock))
    after = list(numbers)
    numbers.shm.close()
    numbers.shm.unlink()
    return after == [5, 2, "end"]


def wrong_list():
    return count_in_list(None)


def right_list_under_a_lock():
    return count_in_list(mp.Lock())


def add_in_map(memory):
    memory[0] += 1


def wrong_anonymous_map():
    memory = mmap.mmap(-1, 16)
    together(add_in_map, (memory,), (memory,))
    return memory[0] == 2


def right_private_map():
    memory = mmap.mmap(-1, 16, flags=mmap.MAP_PRIVATE)
    together(add_in_map, (memory,), (memory,))
    return memory[0] == 0


def right_own_bytes():
    memory = memoryview(bytearray(4))
    together(add_in_map, (memory,), (memory,))
    return memory[0] == 0


def add_in_view(array):
    view = memoryview(array).cast("B").cast("i")
    view[1] += 1


def wrong_view_of_an_array():
    array = mp.Array("i", 2, lock=False)
    together(add_in_view, (array,), (array,))
    return array[1] == 2


def write_both(view):
    view[0] = 1
    view[1] = 1


def see_both(view, told, take):
    told.value = int(take(view) in (0, 2))


def take_sum(view):
    return view[0] + view[1]


def take_loop(view):
    return sum(number for number in view[:2])


def watched(take):
    memory, told = mmap.mmap(-1, 8), mp.Value("i", 1)
    view = memoryview(memory)
    writer = mp.Process(target=write_both, args=(view,))
    reader = mp.Process(target=see_both, args=(view, told, take))
    writer.start()
    reader.start()
    writer.join()
    reader.join()
    return told.value == 1


def wrong_reads_while_it_is_written():
    return watched(take_sum)


def wrong_loop_while_it_is_written():
    return watched(take_loop)


def swap(view, lock):
    if lock:
        lock.acquire()
    view[0], view[1] = view[1], view[0]
    if lock:
        lock.release()


def swapped(lock):
    memory = mmap.mmap(-1, 8)
    view = memoryview(memory)
    write_both(view)
    view[1] = 2
    together(swap, (view, lock), (view, lock))
    return list(view[:2]) == [1, 2]


def wrong_swap_of_two():
    return swapped(None)


def right_swap_under_a_lock():
    return swapped(mp.Lock())


def move_behind_an_address(name):
    block = SharedMemory(name)
    number = ctypes.c_int64.from_buffer(block.buf)
    ctypes.memset(ctypes.addressof(number), 1, 8)
    del number
    block.close()


def outside_move_behind_an_address():
    return with_block(move_behind_an_address)[0] == 1
