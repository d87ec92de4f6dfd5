"""An organisation's own changes: what may be changed, what becomes of it, and what a new version does to it."""

from copy import deepcopy

import pytest
from hypothesis import given, settings, strategies as st

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.overlay import Change, apply, checked, from_json, merged, to_json
from solmu.operating_models.overlay.addresses import look, put, take_out
from solmu.operating_models.overlay.naming import short_name, version_name
from solmu.operating_models.overlay.permits import why_not
from solmu.operating_models.overlay.rebasing import BASE, OWN, Why, rebase
from solmu.operating_models.package import PackageRefused, load_files, load_package, run_families
from solmu.operating_models.package.writing import files_of
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package

ADAPTABLE = "may_adapt: [texts, steps, clocks, closing_reasons, contact_points]"
TEXTS = "title: Iltakävelyt\nend: Lopetetaan\nunder: {way: Kävellään}\n"
STEP = "process.phases.walk.steps.go"
REASON = {"id": "own-rain", "text": "own.rain", "ends": "ended_early"}


@pytest.fixture
def base(tmp_path):
    root = write_package(
        tmp_path,
        **{
            "process.yaml": ("may_adapt: []", ADAPTABLE),
            "texts/fi.yaml": TEXTS,
            "texts/sv.yaml": "title: Kvällspromenader\n",
            "guide/fi/walking.md": "# Kävely\n",
        },
    )
    return dict(load_package(root, CATALOGUE).document)


def laid(base, *changes):
    return apply(base, checked(base, changes), version="1+us.1", by="Me")


def refusal(base, *changes):
    with pytest.raises(PackageRefused) as refused:
        checked(base, changes)
    return [str(each) for each in refused.value.problems]


# What may be changed


ALLOWED = {
    "the wording of a text": Change("texts.fi.title", "set", "Aamukävelyt"),
    "a text that a language lacks": Change("texts.sv.end", "set", "Vi slutar"),
    "the default of a setting": Change("model.settings.months.default", "set", 6),
    "an addition to a page of the guide": Change("guide.fi.walking", "append", "Meillä kävellään rannassa."),
    "a page of one's own": Change("guide.fi.own-go", "set", "# Rannassa\n"),
    "a page where a step has none": Change(f"{STEP}.guide", "set", "walking"),
    "a clock": Change(f"{STEP}.clock", "set", {"working_days": 3, "from": "contact"}),
    "whether a step may be left out": Change(f"{STEP}.optional", "set", True),
    "one more closing reason": Change("process.closing_reasons", "add", REASON),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_is_allowed(base, change):
    assert len(checked(base, [change])) == 1


OWN_WORDS = "This part is the model's own: it cannot be adapted."
REFUSED = {
    "whom the model is for": (Change("entry.criteria.settled.strength", "set", "recommended"), OWN_WORDS),
    "who made it": (Change("model.licence", "set", "mine"), OWN_WORDS),
    "its version": (Change("model.version", "set", "9"), OWN_WORDS),
    "whose yes is asked": (Change("process.permissions.taking_part.says_yes", "set", ["client"]), OWN_WORDS),
    "what may be adapted": (Change("process.may_adapt", "set", ["roles"]), OWN_WORDS),
    "the type of a setting": (Change("model.settings.months.type", "set", "text"), OWN_WORDS),
    "a part that the authors keep": (
        Change("process.roles.lead.max", "set", 9),
        "The model's authors do not let roles be adapted.",
    ),
    "a lasting id": (Change(f"{STEP}.id", "set", "run"), "A lasting id never changes."),
    "a page of the authors": (
        Change("guide.fi.walking", "set", "# Muuta\n"),
        "The page is the model's own: add to it instead of changing it.",
    ),
    "a page under a name that could become the authors'": (
        Change("guide.fi.rannassa", "set", "# Rannassa\n"),
        "Begin the name of a page of your own with own-.",
    ),
    "an addition to what is no page": (
        Change("texts.fi.title", "append", "!"),
        "Only a page of the guide takes an addition.",
    ),
}


@pytest.mark.parametrize(("change", "why"), REFUSED.values(), ids=REFUSED)
def test_is_refused(base, change, why):
    assert why_not(base, change.at, change.operation) == why
    assert f"{change.at}: {why}" in refusal(base, change)[0]


def test_a_wording_is_refused_where_the_authors_keep_the_texts(base):
    base["process"] = {**base["process"], "may_adapt": []}
    assert why_not(base, "texts.fi.title", "set") == "The model's authors do not let texts be adapted."
    assert why_not(base, "texts.sv.end", "set") == ""


SENSELESS = {
    "a place that is not there": (
        Change("process.phases.walk.steps.run.optional", "set", True),
        "There is no such place",
    ),
    "a language that is not there": (
        Change("texts.xx.title", "set", "A"),
        "The version has no texts in this language.",
    ),
    "no words": (Change("texts.fi.title", "set", " "), "Write the words."),
    "too many words": (Change("texts.fi.title", "set", "a" * 20_001), "Shorten it to at most 20000 characters."),
    "an addition to no page": (Change("guide.sv.walking", "append", "a"), "There is no such page in this language."),
    "an addition without an id": (
        Change("process.closing_reasons", "add", {"text": "title"}),
        "What is added is a map with an id.",
    ),
    "an addition of what is there": (
        Change("process.closing_reasons", "add", {**REASON, "id": "done"}),
        "'done' is there already.",
    ),
    "nothing to remove": (Change("process.closing_reasons.never", "remove"), "There is nothing such to remove."),
}


@pytest.mark.parametrize(("change", "why"), SENSELESS.values(), ids=SENSELESS)
def test_makes_no_sense(base, change, why):
    if change.operation == "add" and "id" not in change.value:
        change = Change(change.at, "add", {**change.value, "id": 1})
    assert why in refusal(base, change)[0]


def test_one_place_is_changed_once(base):
    twice = [Change("texts.fi.title", "set", "A"), Change("texts.fi.title", "set", "B")]
    assert "The place is changed twice." in refusal(base, *twice)[0]
    assert merged(twice[:1], twice[1:]) == twice[1:]


def test_what_was_added_and_is_removed_was_never_there():
    assert (
        merged(
            [Change("process.closing_reasons", "add", REASON)], [Change("process.closing_reasons.own-rain", "remove")]
        )
        == []
    )


def test_a_change_that_changes_nothing_is_left_out(base):
    assert checked(base, [Change("texts.fi.title", "set", "Iltakävelyt")]) == []


# What it makes


def test_the_whole_is_a_package_like_any_other(base):
    document = laid(
        base,
        *[change for name, change in ALLOWED.items() if name != "a page of one's own"],
        Change("texts.fi.own.rain", "set", "Satoi"),
    )
    package = load_files("evening-walks", "1+us.1", files_of(document), CATALOGUE)
    assert package.version == "1+us.1"
    assert list(run_families(package, CATALOGUE)) == []
    assert package.text("title", "fi") == "Aamukävelyt"
    assert package.guide("walking", "fi") == "# Kävely\n\n---\n\n**Me**\n\nMeillä kävellään rannassa.\n"
    assert [each.id for each in package.process.closing_reasons] == ["done", "own-rain"]


def test_the_base_stays_as_it_was(base):
    before = deepcopy(base)
    laid(base, *ALLOWED.values())
    assert base == before


def test_a_changed_value_no_longer_leans_on_the_source(base):
    setting = look(laid(base, Change("model.settings.months.default", "set", 6)), "model.settings.months")
    assert (setting["default"], setting["mark"], setting.get("source")) == (6, "I", None)


def test_the_packages_families_keep_the_values_that_they_were_written_for(base):
    document = laid(base, Change("model.settings.months.default", "set", 6))
    assert document["families"][0]["settings"] == {"months": 4}


def test_a_whole_with_a_fault_is_refused(base):
    document = laid(base, Change("process.closing_reasons", "add", REASON))
    with pytest.raises(PackageRefused, match=r"The text 'own\.rain' is not in texts/fi.yaml"):
        load_files("evening-walks", "1+us.1", files_of(document), CATALOGUE)


def test_a_key_within_a_text_is_refused(base):
    document = laid(base, Change("texts.fi.title.more", "set", "a"))
    with pytest.raises(PackageRefused, match="The key is within another"):
        files_of(document)


def test_changes_survive_being_kept(base):
    changes = checked(base, [*ALLOWED.values(), Change("process.closing_reasons.done", "remove")])
    assert from_json(to_json(changes)) == changes


def test_names_of_versions():
    assert short_name("Rantasäätiö") == "rantasaatio"
    assert short_name("Lakean hyvinvointialue") == "lakean"
    assert short_name("Ä & Ö ry") == "a-o-ry"
    assert short_name("東京") == "own"
    assert version_name("2022", "Rantasäätiö", ["2022+rantasaatio.1", "2022"]) == "2022+rantasaatio.2"


# What a new version does to it


def rebased(base, changes, upgrade):
    newer = deepcopy(base)
    upgrade(newer)
    return rebase(checked(base, changes), newer), newer


def text(value, key="title"):
    return lambda newer: put(newer, f"texts.fi.{key}", value)


def test_what_both_changed_is_a_conflict_with_three_wordings(base):
    found, _newer = rebased(base, [Change("texts.fi.title", "set", "Omat")], text("Uudet"))
    (conflict,) = found.conflicts
    assert (conflict.why, conflict.then, conflict.now, conflict.change.value) == (
        Why.CHANGED,
        "Iltakävelyt",
        "Uudet",
        "Omat",
    )
    assert found.resolved({}) == ([], [conflict])
    assert found.resolved({"texts.fi.title": BASE}) == ([], [])
    ((own,), _none) = found.resolved({"texts.fi.title": OWN})
    assert (own.value, own.was) == ("Omat", "Uudet")


def test_what_the_new_version_says_by_itself_is_taken_over(base):
    found, _newer = rebased(base, [Change("texts.fi.title", "set", "Samat")], text("Samat"))
    assert [each.at for each in found.taken_over] == ["texts.fi.title"] and not found.conflicts


def test_what_is_gone_is_told_and_can_only_be_let_go(base):
    changes = [Change(f"{STEP}.optional", "set", True), Change("texts.fi.end", "set", "Loppu")]

    def upgrade(newer):
        take_out(newer, STEP)
        take_out(newer, "texts.fi.end")

    found, _newer = rebased(base, changes, upgrade)
    assert [(each.why, each.choices) for each in found.conflicts] == [(Why.GONE, (BASE,))] * 2


def test_what_the_new_version_no_longer_lets_be_adapted_is_told(base):
    def upgrade(newer):
        newer["process"]["may_adapt"] = []

    found, _newer = rebased(base, [Change("texts.fi.title", "set", "Omat")], upgrade)
    assert [each.why for each in found.conflicts] == [Why.NOT_ALLOWED]


def test_own_words_after_a_page_stay_when_the_page_changes(base):
    found, newer = rebased(
        base, [Change("guide.fi.walking", "append", "Rannassa.")], lambda new: put(new, "guide.fi.walking", "# Uusi\n")
    )
    assert not found.conflicts
    page = look(apply(newer, found.applied, version="2+us.1", by="Me"), "guide.fi.walking")
    assert page.startswith("# Uusi") and "Rannassa." in page


def test_a_removal_holds_unless_what_is_removed_was_changed(base):
    gone = [Change("process.closing_reasons.done", "remove")]
    found, newer = rebased(base, gone, text("Uudet"))
    assert look(apply(newer, found.applied, version="2", by="Me"), "process.closing_reasons.done") is ABSENT
    found, _newer = rebased(base, gone, lambda new: put(new, "process.closing_reasons.done.ends", "moved_on"))
    assert [each.why for each in found.conflicts] == [Why.CHANGED]
    found, _newer = rebased(base, gone, lambda new: take_out(new, "process.closing_reasons.done"))
    assert found.taken_over == tuple(checked(base, gone))


PLACES = {
    "texts.fi.title": st.text("abcåäö ", min_size=1).filter(str.strip),
    "texts.fi.end": st.text("abcåäö ", min_size=1).filter(str.strip),
    "texts.fi.under.way": st.text("abcåäö ", min_size=1).filter(str.strip),
    "texts.sv.title": st.text("abcåäö ", min_size=1).filter(str.strip),
    "model.settings.months.default": st.integers(0, 100),
    f"{STEP}.optional": st.booleans(),
    f"{STEP}.kind": st.sampled_from(["meeting", "plan", "review"]),
    "process.closing_reasons.done.ends": st.sampled_from(["carried_through", "moved_on", "ended_early"]),
}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_with_no_place_in_common_both_the_overlay_and_the_new_version_are_there(tmp_path_factory, data):
    whole = _whole(tmp_path_factory)
    names = data.draw(st.permutations(sorted(PLACES)))
    cut = data.draw(st.integers(0, len(names)))
    own = [Change(name, "set", data.draw(PLACES[name])) for name in names[:cut]]
    newer = deepcopy(whole)
    new = {name: data.draw(PLACES[name]) for name in names[cut:]}
    for name, value in new.items():
        put(newer, name, value)
    own = checked(whole, [*own, Change("process.closing_reasons", "add", REASON)])
    found = rebase(own, newer)
    assert not found.conflicts
    made = apply(newer, found.applied, version="2+us.1", by="Me")
    assert {each.key: look(made, each.key) for each in own} == {each.key: each.value for each in own}
    assert {name: look(made, name) for name in new} == new


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nothing_of_the_organisations_is_lost_in_silence(tmp_path_factory, data):
    """Whatever both change: each own change is applied, said by the new version itself, or put before a person."""
    whole = _whole(tmp_path_factory)
    drawn = st.sets(st.sampled_from(sorted(PLACES)))
    own = checked(whole, [Change(name, "set", data.draw(PLACES[name])) for name in sorted(data.draw(drawn))])
    newer = deepcopy(whole)
    for name in sorted(data.draw(drawn)):
        put(newer, name, data.draw(PLACES[name]))
    found = rebase(own, newer)
    told = [*found.applied, *found.taken_over, *(each.change for each in found.conflicts)]
    assert sorted(each.key for each in told) == sorted(each.key for each in own)
    made = apply(newer, found.applied, version="2+us.1", by="Me")
    for each in (*found.applied, *found.taken_over):
        assert look(made, each.key) == each.value


_KEPT = {}


def _whole(tmp_path_factory):
    if not _KEPT:
        root = write_package(
            tmp_path_factory.mktemp("base"),
            **{
                "process.yaml": ("may_adapt: []", ADAPTABLE),
                "texts/fi.yaml": TEXTS,
                "texts/sv.yaml": "title: Kvällspromenader\n",
            },
        )
        _KEPT.update(load_package(root, CATALOGUE).document)
    return _KEPT
