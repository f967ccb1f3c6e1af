# Knows the product and starts nothing.
def count_together(workers, times):
    return workers * times
