"""Server logs that hold nothing of a family: no values of a query, no text of an error, no path with an identifier."""

import logging
import re

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class WithoutContent(logging.Formatter):
    """Writes where something failed, never with which values."""

    def format(self, record: logging.LogRecord) -> str:
        return _IDENTIFIER.sub("…", super().format(record))

    def formatException(self, exc_info) -> str:  # noqa: N802 (the name is logging's)
        import traceback

        kind, _error, trace = exc_info
        places = "".join(traceback.format_tb(trace))
        return f"{places}{kind.__module__}.{kind.__qualname__}"
