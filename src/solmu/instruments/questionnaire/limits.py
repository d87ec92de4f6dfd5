"""How large a form may be. Generous beside real ones; what is larger is refused before it is read further."""

BYTES = 2_000_000
ITEMS = 800
DEPTH = 10
TEXT = 10_000
OPTIONS = 500
ALL_OPTIONS = 10_000
CONDITIONS = 50
ALL_CONDITIONS = 3_000
LINES = 8_000
"""How much may be said of what became of a form: ten lines an item."""
TIMES = 20
"""How often a repeating group or question may stand in one answer."""
PLACES = 4_000
"""How many fields all the repeating groups of one answer may add: more than a person fills in."""
