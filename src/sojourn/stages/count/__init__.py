"""Count: statuses and changes become small cubes, and the cubes become cells.

Every record is read for a cube alone; every breakdown is a sum over the same cube, so that margins agree.
"""
