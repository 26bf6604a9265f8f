"""The time zone whose day counts: Beijing's, unless a plan names another. It is written as the distance from UTC: +08:00."""

from datetime import datetime, timedelta

BEIJING = "+08:00"


def offset_of(zone: str) -> timedelta:
    """The distance of a zone from UTC.

    >>> offset_of("+08:00"), offset_of("-05:30") == -timedelta(hours=5, minutes=30)
    (datetime.timedelta(seconds=28800), True)
    """
    distance = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    return -distance if zone[0] == "-" else distance


def zone_at(offset: timedelta) -> str:
    """The zone at a distance from UTC, to the minute.

    >>> zone_at(timedelta(hours=6)), zone_at(-timedelta(hours=5, minutes=30))
    ('+06:00', '-05:30')
    """
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def time_in(beijing: datetime, zone: str) -> datetime:
    """The time in a zone when it is ``beijing`` in Beijing; both without a time zone.

    >>> time_in(datetime(2020, 5, 12, 1), "+06:00")
    datetime.datetime(2020, 5, 11, 23, 0)
    """
    return beijing + offset_of(zone) - offset_of(BEIJING)
