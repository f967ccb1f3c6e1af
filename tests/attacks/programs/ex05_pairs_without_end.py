# Answers with hundreds of thousands of pairs, to be compared one by one.
class Many:
    def __init__(self, count):
        self.count = count

    def __iter__(self):
        return self

    def __next__(self):
        if self.count:
            self.count -= 1
            return (0, 0)
        raise StopIteration

    def close(self):
        pass


def map_as_finished(function, items, workers):
    return Many(90_000)


def map_in_order(function, items, workers):
    return [0] * 300_000
