"""A review: the queue, the page, what stands beside it, and who reviews."""
