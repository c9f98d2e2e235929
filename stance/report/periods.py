"""Dates of articles to periods: days, weeks, months, quarters or years, whichever shows a story."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]

UNITS = ("day", "week", "month", "quarter", "year")
_ISO = re.compile(r"\s*(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?!\d)")
_LONGEST = {"day": 31, "week": 182, "month": 1100, "quarter": 3700}
"""Days that a story may last to be told in these units."""


def days(dates: Sequence[str | None]) -> Days:
    """The days of dates in ISO 8601 (a year or month is its first day); not-a-time for all others, (n,).

    >>> days(["2016-11-08T09:00:00Z", "2016-11", "8 Nov 2016", None]).tolist()
    [datetime.date(2016, 11, 8), datetime.date(2016, 11, 1), None, None]
    """
    return np.array([_day(date) for date in dates], dtype="datetime64[D]")


def fitting_unit(found: Days) -> str:
    """The unit for dates that span so many days.

    >>> fitting_unit(days(["2016-01-01", "2016-11-08"]))
    'month'
    """
    known = found[~np.isnat(found)]
    span = int((known.max() - known.min()).astype(int)) if known.size else 0
    return next((unit for unit, longest in _LONGEST.items() if span <= longest), "year")


def period_starts(found: Days, unit: str) -> Days:
    """The first day of the period of each date; weeks begin on Mondays.

    >>> period_starts(days(["2016-11-08"]), "week").tolist()
    [datetime.date(2016, 11, 7)]
    """
    if unit == "day":
        return found
    if unit == "week":
        return found - (found.astype(np.int64) + 3) % 7 * ~np.isnat(found)  # day 0 was a Thursday
    if unit == "year":
        return found.astype("datetime64[Y]").astype("datetime64[D]")
    months = found.astype("datetime64[M]")
    if unit == "quarter":
        months = months - months.astype(np.int64) % 3 * ~np.isnat(found)
    return months.astype("datetime64[D]")


def _day(date: str | None) -> np.datetime64:
    match = _ISO.match(date or "")
    if match:
        year, month, day = (part or "01" for part in match.groups())
        try:
            return np.datetime64(f"{year}-{month}-{day}", "D")
        except ValueError:  # the 31st of February
            pass
    return np.datetime64("NaT", "D")
