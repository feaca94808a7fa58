"""Appointments from a CSV file, booked one by one as if each had come in at its own booking time.

`mapping` and `tables` read what the columns mean, `reading` the file, `rows` and `times` one row, `checking` all rows
before the first is written, `founding` makes what is missing, `booking` books, `report` tells, `command` runs it all.
"""
