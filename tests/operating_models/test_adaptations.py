"""An organisation makes a version its own: of changes, for itself, and brought along to the next version."""

from copy import deepcopy

import pytest
from django.db import IntegrityError, transaction

from solmu.access import gate
from solmu.accesslog.models import Entry
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.adaptations import (
    adaptation,
    adaptations_of,
    begin_adaptation,
    drop_adaptation,
    finish_adaptation,
    settle_conflicts,
    share_version,
    write_changes,
)
from solmu.operating_models.library import Wish, library
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.overlay import Change
from solmu.operating_models.overlay.addresses import put
from solmu.operating_models.package import PackageRefused, load_files, load_package
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.queries import adopted_models, library_entry, package_of
from tests.cast import later
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package

pytestmark = pytest.mark.django_db
WORDS = Change("texts.fi.title", "set", "Aamukävelyt")
REASON = Change("process.closing_reasons", "add", {"id": "own-rain", "text": "own.rain", "ends": "ended_early"})
RAIN = Change("texts.fi.own.rain", "set", "Satoi liikaa")


@pytest.fixture
def base(cast, tmp_path):
    adaptable = ("may_adapt: []", "may_adapt: [texts, closing_reasons]")
    return install_package(cast.hilla, load_package(write_package(tmp_path, **{"process.yaml": adaptable}), CATALOGUE))


def newer(cast, base, **texts):
    """The next version of the package."""
    document = deepcopy(dict(package_of(base).document))
    document["model"]["version"] = "2"
    for key, text in texts.items():
        put(document, f"texts.fi.{key}", text)
    return install_package(cast.hilla, load_files("evening-walks", "2", files_of(document), CATALOGUE))


def made(cast, base, *changes, continues=None):
    row = begin_adaptation(cast.kaisa, base_id=base.id, continues_id=continues.id if continues else None)
    if changes:
        row = write_changes(cast.kaisa, adaptation_id=row.id, version=row.version, changes=changes)
    return finish_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)


def test_a_version_of_ones_own_is_made_of_changes(cast, base):
    own = made(cast, base, WORDS, REASON, RAIN)
    package = package_of(InstalledModel.objects.get(pk=own.id))
    assert (own.slug, own.model_version, own.base, own.organisation_id) == (
        "evening-walks",
        "1+rantasaatio.1",
        base,
        cast.kaisa.organisation_id,
    )
    assert package.text("title", "fi") == "Aamukävelyt"
    assert [package.text(each.text, "fi") for each in package.process.closing_reasons] == [
        "Aamukävelyt",
        "Satoi liikaa",
    ]
    assert package_of(base).text("title", "fi") == "Iltakävelyt"


def test_the_making_is_logged(cast, base):
    before = Entry.objects.count()
    made(cast, base, WORDS)
    entry = Entry.objects.order_by("sequence").last()
    assert Entry.objects.count() == before + 1
    assert (entry.deed, entry.account_name, entry.record_id) == ("install_model", "Kaisa Ranta", None)


def test_the_next_one_has_the_next_number(cast, base):
    first = made(cast, base, WORDS)
    second = made(cast, base, RAIN, continues=first)
    assert second.model_version == "1+rantasaatio.2"
    assert [each["at"] for each in second.overlay["changes"]] == ["texts.fi.title", "texts.fi.own.rain"]


@pytest.mark.parametrize("name", ["aino", "ritva", "hilla", "tapio", "paula"])
def test_nobody_but_a_coordinator_adapts(cast, base, name):
    with pytest.raises(gate.NotPermitted):
        begin_adaptation(cast.actor(name), base_id=base.id)


def test_what_was_begun_is_taken_up_and_given_up(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    assert begin_adaptation(cast.kaisa, base_id=base.id) == row
    assert adaptations_of(cast.kaisa, "evening-walks") == [row]
    drop_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version)
    assert adaptations_of(cast.kaisa, "evening-walks") == [] and adaptation(cast.kaisa, row.id) is None
    with pytest.raises(NotNow):
        write_changes(cast.kaisa, adaptation_id=row.id, version=2, changes=[WORDS])


def test_what_the_authors_keep_is_refused_in_words(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    own = Change("entry.criteria.settled.strength", "set", "recommended")
    with pytest.raises(InvalidInput, match="the model's own"):
        write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[own])


def test_two_who_write_at_once_see_each_other(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[WORDS])
    with pytest.raises(Conflict):
        write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[RAIN])


def test_a_whole_with_a_fault_makes_nothing(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    row = write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[REASON])
    with pytest.raises(PackageRefused, match=r"own\.rain"):
        finish_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)
    assert InstalledModel.objects.count() == 1 and adaptation(cast.kaisa, row.id) is not None


def test_nothing_changed_makes_nothing(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    with pytest.raises(NotNow):
        finish_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)


def test_only_its_owner_sees_and_uses_it_until_it_is_shared(cast, base):
    own = made(cast, base, WORDS)
    assert own.id in {each.model_id for each in library(cast.aino, "fi", Wish())}
    assert own.id not in {each.model_id for each in library(cast.ritva, "fi", Wish())}
    assert library_entry(cast.ritva, own.id) is None
    adopt(cast.kaisa, model_id=own.id)
    assert [each.model_id for each in adopted_models(cast.aino.organisation_id)] == [own.id]
    assert adopted_models(cast.ritva.organisation_id) == []
    share_version(cast.kaisa, model_id=own.id)
    assert library_entry(cast.ritva, own.id).model_id == own.id
    assert [each.model_id for each in adopted_models(cast.ritva.organisation_id)] == [own.id]
    with pytest.raises(NotNow):
        share_version(cast.kaisa, model_id=own.id)


def test_it_takes_the_place_of_the_version_it_stands_on(cast, base):
    adopt(cast.kaisa, model_id=base.id)
    own = made(cast, base, WORDS)
    adopt(cast.kaisa, model_id=own.id)
    assert [each.model_id for each in adopted_models(cast.aino.organisation_id)] == [own.id]


def test_only_a_version_of_the_authors_is_adapted(cast, base):
    with pytest.raises(NotNow):
        begin_adaptation(cast.kaisa, base_id=made(cast, base, WORDS).id)


def test_own_words_come_along_to_a_new_version(cast, base):
    own = made(cast, base, RAIN, REASON)
    fresh = made(cast, newer(cast, base, title="Uudet kävelyt"), continues=own)
    package = package_of(InstalledModel.objects.get(pk=fresh.id))
    assert fresh.model_version == "2+rantasaatio.1"
    assert (package.text("title", "fi"), package.text("own.rain", "fi")) == ("Uudet kävelyt", "Satoi liikaa")


def test_what_both_changed_waits_for_a_decision(cast, base):
    own = made(cast, base, WORDS, RAIN)
    row = begin_adaptation(cast.kaisa, base_id=newer(cast, base, title="Uudet kävelyt").id, continues_id=own.id)
    (conflict,) = adaptation(cast.kaisa, row.id).conflicts
    assert (conflict.then, conflict.now, conflict.change.value) == ("Iltakävelyt", "Uudet kävelyt", "Aamukävelyt")
    with pytest.raises(NotNow, match="Decide first"):
        finish_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)
    row = settle_conflicts(cast.kaisa, adaptation_id=row.id, version=row.version, choices={conflict.key: "own"})
    fresh = finish_adaptation(cast.kaisa, adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)
    assert package_of(InstalledModel.objects.get(pk=fresh.id)).text("title", "fi") == "Aamukävelyt"


def test_the_words_of_the_new_version_can_be_taken(cast, base):
    own = made(cast, base, WORDS, RAIN)
    row = begin_adaptation(cast.kaisa, base_id=newer(cast, base, title="Uudet kävelyt").id, continues_id=own.id)
    row = settle_conflicts(cast.kaisa, adaptation_id=row.id, version=row.version, choices={WORDS.at: "base"})
    fresh = finish_adaptation(later(cast.kaisa, days=1), adaptation_id=row.id, version=row.version, catalogue=CATALOGUE)
    assert package_of(InstalledModel.objects.get(pk=fresh.id)).text("title", "fi") == "Uudet kävelyt"


def test_changes_are_dropped_by_their_place(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    row = write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[WORDS, RAIN])
    row = write_changes(cast.kaisa, adaptation_id=row.id, version=2, changes=[], dropped=[WORDS.at])
    assert [each["at"] for each in row.changes] == [RAIN.at]


def test_the_words_of_what_is_taken_back_go_with_it(cast, base):
    row = begin_adaptation(cast.kaisa, base_id=base.id)
    row = write_changes(cast.kaisa, adaptation_id=row.id, version=1, changes=[WORDS, REASON, RAIN])
    row = write_changes(cast.kaisa, adaptation_id=row.id, version=2, changes=[], dropped=[f"{REASON.at}.own-rain"])
    assert [each["at"] for each in row.changes] == [WORDS.at]


@pytest.mark.parametrize(
    "half",
    [{"overlay": {}}, {"organisation_id": "0193b8a0-0000-7000-8000-000000000000"}, {"shared_at": "2026-11-02T09:00Z"}],
)
def test_a_version_is_the_authors_or_wholly_somebodys(base, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        InstalledModel.objects.filter(pk=base.pk).update(**half)
