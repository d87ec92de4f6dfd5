"""English in Finland: 24 Nov 2026, 9:40, so that nobody takes the day for the month."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y G:i"
TIME_FORMAT = "G:i"
