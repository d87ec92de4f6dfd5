"""Each language as people in Finland write it, and an honest word where nobody has checked it."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils import translation

from solmu.web.templatetags.ui import before_words, day, moment

UNCHECKED = "These words have not yet been checked by a native speaker of English."


@pytest.mark.parametrize(("unchecked", "says_so"), [(("sv",), True), (("fi", "en"), False), ((), False)])
def test_the_foot_says_that_nobody_has_checked_the_language(client, settings, unchecked, says_so):
    settings.SOLMU_UNCHECKED_LANGUAGES = unchecked
    page = unescape(client.get("/about/", headers={"accept-language": "sv"}).content.decode())
    with translation.override("sv"):
        assert (translation.gettext(UNCHECKED) in page) is says_so


@pytest.mark.parametrize(("language", "written"), [("fi", "9.2.2026"), ("sv", "9.2.2026"), ("en", "9 Feb 2026")])
def test_a_day_is_not_taken_for_a_month(language, written):
    at = datetime(2026, 2, 9, 7, 5, tzinfo=UTC)
    with translation.override(language):
        assert day(at) == written
        assert moment(at).startswith(written) and moment(at)[-4:] in {"9.05", "9:05"}


@pytest.mark.parametrize(
    ("label", "written"),
    [("Reason", "Reason:"), ("Whose is it?", "Whose is it?"), ("The family agrees.", "The family agrees.")],
)
def test_a_label_that_ends_in_a_mark_of_its_own_gets_no_colon(label, written):
    assert before_words(label) == written
