"""Time: resources, working time, and the allocations that one constraint keeps from overlapping."""
