"""Coordinators who publish two versions of a form at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from solmu.instruments.actions import publish_form
from solmu.instruments.models import Form
from tests.cast import make_cast
from tests.instruments.scenes import EVERYDAY, keep


@pytest.mark.django_db(transaction=True)
def test_only_the_later_of_two_versions_stays_in_use():
    cast = make_cast()
    for round_ in range(5):
        raw = {**EVERYDAY, "url": f"https://example.org/Questionnaire/{round_}"}
        drafts = [keep(cast, {**raw, "version": version}, published=False) for version in ("1", "2")]
        _at_once([lambda form=form: _publish(cast, form) for form in drafts])
        states = Form.objects.filter(pk__in=[form.pk for form in drafts]).values_list("state", flat=True)
        assert sorted(states) == ["published", "withdrawn"]


def _publish(cast, form: Form) -> None:
    told = {"title": form.title, "owner": "Rantasäätiö", "licence": "CC BY 4.0"}
    publish_form(cast.kaisa, form_id=form.id, version=form.version, **told)


def _at_once(deeds) -> None:
    start = Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            deed()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
