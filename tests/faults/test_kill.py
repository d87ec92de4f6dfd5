"""kill -9 of the whole server while people write: what was confirmed is there."""

import http.client
import threading
import time
from contextlib import suppress

from tests.faults.installation import MAKE_PEOPLE, OPENED, Installation

REASON = "The mother called, crying, and said that the father is at the door."
WRITERS, ENOUGH, LONGEST = 4, 40, 10  # threads; confirmed writes before the kill; seconds of load


def write(installation: Installation, cookie: str, references: list[str], confirmed: list[str]) -> None:
    """Opens one family after another until the server is gone."""
    with suppress(OSError, http.client.HTTPException):
        for reference in references:
            status, _body, _headers = installation.post("/desk/emergency/", cookie, reason=REASON, reference=reference)
            if status == 302:
                confirmed.append(reference)


def test_no_confirmed_write_is_lost_and_the_log_is_whole(installation):
    people = installation.script(MAKE_PEOPLE, str(WRITERS), "1200")
    confirmed: list[str] = []
    for half in (people["references"][:600], people["references"][600:]):
        before = len(confirmed)
        installation.serve()
        threads = [
            threading.Thread(target=write, args=(installation, cookie, half[number::WRITERS], confirmed))
            for number, cookie in enumerate(people["cookies"])
        ]
        for thread in threads:
            thread.start()
        ends = time.monotonic() + LONGEST
        while len(confirmed) < before + ENOUGH and time.monotonic() < ends:
            time.sleep(0.01)
        installation.kill()
        for thread in threads:
            thread.join(timeout=30)
        assert len(confirmed) >= before + ENOUGH
    installation.serve()
    assert installation.stop() == 0
    assert set(confirmed) <= set(installation.script(OPENED))
    assert "whole" in installation.solmu("verify-log").stdout
