"""The cast at their screens on a Monday morning."""

import pytest

from tests.journeys.screens import Screens


@pytest.fixture
def screens(cast, open_page, sign_in, look, monkeypatch) -> Screens:
    """Everybody's browser, and a clock that stands until `screens.later` moves it."""
    made = Screens(cast, open_page, sign_in, look)
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: made.now)
    return made
