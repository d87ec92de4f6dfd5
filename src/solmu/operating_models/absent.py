"""What is not there, where None is a thing that is said."""

from typing import Any

ABSENT: Any = type("Absent", (), {"__repr__": lambda _self: "absent", "__bool__": lambda _self: False})()
