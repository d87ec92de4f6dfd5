"""Swedish in Finland: 24.11.2026, kl. 9.40."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j.n.Y"
SHORT_DATETIME_FORMAT = "j.n.Y G.i"
TIME_FORMAT = "G.i"
