"""Days of the calendar, reckoned."""

from datetime import date, timedelta

DAY = timedelta(days=1)


def day_or_none(year: int, month: int, day: int) -> date | None:
    if 1 <= year <= 9000 and 1 <= month <= 12 and 1 <= day <= _days_in(year, month):
        return date(year, month, day)
    return None


def month_end(day: date) -> date:
    return day.replace(day=_days_in(day.year, day.month))


def _days_in(year: int, month: int) -> int:
    """
    >>> _days_in(2028, 2), _days_in(2026, 12)
    (29, 31)
    """
    return (date(year + month // 12, month % 12 + 1, 1) - DAY).day


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))
