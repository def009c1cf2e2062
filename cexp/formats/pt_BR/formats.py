"""Dates in figures: the names of months that Django brings are capitalised, which Portuguese does not do."""

DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = r"d/m/Y \à\s H:i"
