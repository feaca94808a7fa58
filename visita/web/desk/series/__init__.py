"""Series of visits at the desk: repeat a visit, see all dates before they are booked, change those to come."""
