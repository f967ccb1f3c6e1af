# Takes memory until there is none.
def add_many(counter, lock, times):
    blocks = []
    while True:
        blocks.append(b"x" * 50_000_000)
