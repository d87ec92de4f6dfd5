"""What an act lays down is told on a model's page: whose duty, by which act, from when, or that it is missing."""

import pytest

from solmu.web.ui.law_words import law_in_words
from tests.models import COUNSELLING, install, package
from tests.web.test_library import of, shown

pytestmark = pytest.mark.django_db
PLAN = "perheen-kotoutumissuunnitelma/1"


def test_a_page_tells_whose_duty_it_is_and_between_which_days():
    install(PLAN)
    page = " ".join(shown(of(PLAN)).split())
    assert "What the law says" in page
    assert "duty: Wellbeing services county" in page
    assert "Act 1386/2010, 16 § · until 31 Dec 2024" in page
    assert "Act 681/2023, 14 § · from 1 Jan 2025" in page
    assert "within 6 months" in page and "within 1 year" in page


def test_what_no_source_says_is_told_without_a_time():
    told = [each for each in law_in_words(package(PLAN), "en") if each.mark == "N"]
    assert [(each.limit, each.section) for each in told] == [("", "")]
    assert "No deadline" in told[0].says


def test_a_model_without_an_act_has_no_such_part():
    install(COUNSELLING)
    assert "What the law says" not in shown(of(COUNSELLING))
