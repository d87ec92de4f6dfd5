"""What people type is measured where it is written down, whichever page or program it came through."""

import re

import pytest

from tests.house import SOURCE, files, place

ROOMS = ("families", "consents", "situations", "instruments", "casework", "referrals", "directory", "learning")
PAST_THE_MEASURE = re.compile(r"\.objects\.(?:get_or_)?create\(|force_insert=|strip\(\)\[:\d+\]")
PAGES = re.compile(r"""POST\.get\([^)]*\)\[:\d+\]""")
# Written from a package by the operator, or by the clock; not typed by a person.
ALLOWED = {"directory/actions.py": 1, "instruments/actions/answers.py": 1, "learning/actions/reminding.py": 1}


@pytest.mark.parametrize("room", ROOMS)
def test_new_rows_are_measured(room):
    """By `kernel.models.insert`; changed ones are by `save_version`. Nothing is cut silently."""
    found = []
    for path in files(".py", under=SOURCE / room):
        text = path.read_text()
        hits = [] if "migrations" in path.parts else list(PAST_THE_MEASURE.finditer(text))
        if len(hits) > ALLOWED.get(str(path.relative_to(SOURCE)), 0):
            found += [f"{place(path, text, hit.start())} {hit[0]}" for hit in hits]
    assert not found, "\n".join(found)


def test_no_page_cuts_what_was_typed():
    found = [path.name for path in files(".py", under=SOURCE / "web") if PAGES.search(path.read_text())]
    assert not found
