"""Pages of versions: a package file, own wordings, moves; what each shows, and to whom."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from solmu.accesslog.models import Entry
from solmu.casework.models import Engagement
from solmu.operating_models.actions import adopt
from solmu.operating_models.models import Adaptation, InstalledModel, PackageFile
from solmu.operating_models.package import Problem, pack
from solmu.operating_models.queries import package_of
from solmu.web.templatetags.faults import by_file
from tests.casework.test_moves import engage, same, without_first_phase
from tests.marked import put_marks
from tests.models import NETWORK, package, take_into_use
from tests.versions import another_version

pytestmark = pytest.mark.django_db
SHIPPED = package(NETWORK)
RAW = pack(SHIPPED.slug, SHIPPED.version, SHIPPED.files)


@pytest.fixture
def browser(cast):
    def sign_in(who="kaisa"):
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.account(who))
        return client

    return sign_in


def page(client, name, *args, status=200):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def post(client, name, *args, status=302, follow=True, **typed):
    answer = client.post(reverse(name, args=args), {"once": str(uuid4()), **typed})
    assert answer.status_code == status, answer.content.decode()[:3000]
    if status == 302 and follow:
        return client.get(answer.headers["Location"]).content.decode()
    return answer.content.decode()


def upload(raw, name="package.zip"):
    return SimpleUploadedFile(name, raw, content_type="application/zip")


# A package file


def test_a_file_is_looked_through_and_installed(browser):
    client = browser()
    shown = post(client, "coordination:version_install", file=upload(RAW))
    assert "stands beside them" not in shown
    assert "not installed yet" in shown and "all of it is new" in shown and SHIPPED.content_hash[:16] in shown
    assert not InstalledModel.objects.exists()
    row = PackageFile.objects.get()
    shown = post(client, "coordination:version_received", row.id)
    assert "The version is installed." in shown
    assert InstalledModel.objects.get().content_hash == SHIPPED.content_hash
    assert Entry.objects.filter(deed="install_model", account_name="Kaisa Ranta").exists()


def test_a_file_with_faults_is_refused_with_all_of_them(browser):
    client = browser()
    broken = dict(SHIPPED.files) | {"entry.yaml": SHIPPED.files["entry.yaml"].replace(b"strength:", b"strenght:")}
    shown = post(
        client, "coordination:version_install", file=upload(pack(SHIPPED.slug, SHIPPED.version, broken)), status=422
    )
    assert "The package has" in shown and "strenght" in shown and "Nothing was installed" in shown
    shown = post(client, "coordination:version_install", file=upload(b"MZ\x90\x00"), status=422)
    assert "This is not a package file." in shown
    post(client, "coordination:version_install", file=upload(b""), status=422)
    post(client, "coordination:version_install", status=422)
    assert not PackageFile.objects.exists() and not InstalledModel.objects.exists()
    assert reverse("coordination:version_install") in page(client, "coordination:models")
    assert reverse("coordination:version_install") not in page(browser("aino"), "coordination:models")


def broken():
    """The shipped package with the same fault in many places of one file."""
    files = dict(SHIPPED.files) | {"entry.yaml": SHIPPED.files["entry.yaml"].replace(b"strength:", b"strenght:")}
    return pack(SHIPPED.slug, SHIPPED.version, files)


def test_faults_are_told_in_the_readers_language(browser, monkeypatch):
    put_marks(monkeypatch)
    in_finnish = browser()
    in_finnish.cookies["django_language"] = "fi"
    shown = unescape(post(in_finnish, "coordination:version_install", file=upload(broken()), status=422))
    assert "<b>⟦The field 'strength' is missing.⟧</b>" in shown and "<p>⟦Add it.⟧</p>" in shown
    assert '<ul class="list" lang="en"' not in shown
    shown = unescape(post(browser(), "coordination:version_install", file=upload(broken()), status=422))
    assert "<b>The field 'strength' is missing.</b>" in shown and "⟦" not in shown


def test_the_same_fault_in_many_places_is_told_once_with_its_places(browser):
    shown = unescape(post(browser(), "coordination:version_install", file=upload(broken()), status=422))
    assert shown.count("<b>The field 'strenght' is not known here.</b>") == 1
    assert 'Line 13, <code dir="ltr">criteria[0].strenght</code>' in shown
    assert (
        "entry.yaml:13: criteria[0].strenght: The field 'strenght' is not known here." in shown
    )  # as text, to be sent


def test_no_more_faults_are_told_than_anybody_reads():
    many = [Problem("a.yaml", line, "", "What", "Mend") for line in range(1, 231)]
    ((file, number, (told,)),) = by_file([*many, Problem("b.yaml", None, "", "Whole", "Mend")])
    assert (file, number, len(told.shown), told.left) == ("a.yaml", 200, 12, 188)
    ((_file, _number, (whole,)),) = by_file([Problem("b.yaml", None, "", "Whole", "Mend")])
    assert (whole.number, whole.places, whole.left) == (1, [], 0)


@pytest.mark.parametrize("deed", ["looked at", "installed"])
def test_what_is_no_longer_whole_is_told_and_forgotten(browser, deed):
    client = browser()
    post(client, "coordination:version_install", file=upload(RAW), follow=False)
    row = PackageFile.objects.get()
    PackageFile.objects.update(data=broken())  # as when Solmu has learned to check more meanwhile
    address = reverse("coordination:version_received", args=[row.id])
    answer = client.get(address) if deed == "looked at" else client.post(address, {"once": str(uuid4())})
    assert answer.status_code == 422 and "strenght" in answer.content.decode()
    assert not PackageFile.objects.exists() and not InstalledModel.objects.exists()


def test_hostile_words_in_a_package_reach_no_page_as_code(browser):
    client = browser()
    texts = SHIPPED.files["texts/fi.yaml"].decode()
    title = SHIPPED.text(SHIPPED.model.title, "fi")
    evil = texts.replace(title, "<script>alert(1)</script>", 1)
    raw = pack(SHIPPED.slug, SHIPPED.version, dict(SHIPPED.files) | {"texts/fi.yaml": evil.encode()})
    client.cookies["language"] = "fi"
    shown = post(client, "coordination:version_install", file=upload(raw))
    assert "<script>alert" not in shown


def test_a_new_version_is_shown_against_the_installed_one(browser, cast):
    take_into_use(cast, NETWORK)
    client = browser("hilla")
    files = dict(SHIPPED.files)
    files["model.yaml"] = re.sub(rb'version: "1"', b'version: "2"', files["model.yaml"])
    shown = post(client, "coordination:version_install", file=upload(pack(SHIPPED.slug, "2", files)))
    assert "stands beside them, with your organisation" in shown
    assert "It says the same as the version that is installed." in shown
    shown = post(client, "coordination:version_drop", PackageFile.objects.get(model=None).id)
    assert "forgotten" in shown and not PackageFile.objects.filter(model=None).exists()


# Versions side by side


def test_versions_are_listed_and_compared(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    new = another_version(NETWORK, "2", without_first_phase)
    client = browser("aino")
    shown = page(client, "coordination:versions", new.id)
    assert reverse("coordination:version_compare", args=[model.id, new.id]) in shown
    assert "Make it your own" not in shown and "Move work" not in shown
    shown = page(client, "coordination:version_compare", model.id, new.id)
    assert "Phases" in shown and "left out" in shown
    assert "On paper it stands as it is here" in shown
    assert not [word for word in ("check_back", "network_meeting", "engagement_start") if f">{word}<" in shown]
    assert "The two versions say the same." in page(client, "coordination:version_compare", model.id, model.id)


# One's own version


def begin(client, model):
    post(client, "coordination:adapt", model.id)
    return Adaptation.objects.get(ended_at=None)


def test_own_words_become_a_version(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    client = browser()
    row = begin(client, model)
    key = package_of(model).model.title
    assert "Wordings" in page(client, "coordination:adaptation", row.id)
    texts = reverse("coordination:adaptation_texts", args=[row.id])
    found = client.get(texts, {"language": "fi", "q": key}).content.decode()
    assert f'name="t_{key}"' in found
    assert f"({key})" not in found and ">What the model is</h2>" in found and ">Title</label>" in found
    names = re.findall(r'name="(t_[^"]+)"[^>]*>\s*([^<]*)<', found)
    typed = {name: words.strip() for name, words in names} | {f"t_{key}": "Omat sanat", "version": row.version}
    answer = client.post(f"{texts}?language=fi&q={key}", {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert [(each["at"], each["set"]) for each in row.changes] == [(f"texts.fi.{key}", "Omat sanat")]
    shown = page(client, "coordination:adaptation", row.id)
    assert "Omat sanat" in shown
    shown = post(client, "coordination:adaptation_finish", row.id, version=row.version)
    own = InstalledModel.objects.get(model_version="1+rantasaatio.1")
    assert "1+rantasaatio.1" in shown and package_of(own).text(key, "fi") == "Omat sanat"
    assert "your organisation's own" in page(client, "coordination:versions", model.id)
    page(browser("ritva"), "coordination:model", own.id, status=404)
    post(client, "coordination:version_share", own.id)
    page(browser("ritva"), "coordination:model", own.id)


def test_closing_reasons_contact_points_and_the_guide_are_adapted(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    client, version = browser(), 1
    row = begin(client, model)
    process = package_of(model).process
    kept = {f"r_{each.id}": "on" for each in process.closing_reasons[1:]}
    gone = process.closing_reasons[0].id
    post(
        client,
        "coordination:adaptation_reasons",
        row.id,
        version=version,
        ends="ended_early",
        new_fi="Satoi liikaa",
        new_en="It rained",
        **kept,
    )
    point = process.contact_points[0].id
    post(client, "coordination:adaptation_points", row.id, version=2, **{f"p_{point}_phone": "040 111 2222"})
    guide = page(client, "coordination:adaptation_guide", row.id)
    name = re.search(r'name="(g_[^"]+)"', guide)[1]
    post(client, "coordination:adaptation_guide", row.id, version=3, **{name: "Meillä kokoonnutaan **rannassa**."})
    row.refresh_from_db()
    places = {each["at"] for each in row.changes}
    assert {f"process.closing_reasons.{gone}", f"process.contact_points.{point}.phone"} <= places
    shown = page(client, "coordination:adaptation", row.id)
    assert "Satoi liikaa" in shown or "It rained" in shown
    assert "Meillä kokoonnutaan <strong>rannassa</strong>." in shown
    assert "the work ended early" in shown and "ended_early" not in shown
    post(client, "coordination:adaptation_finish", row.id, version=row.version)
    own = package_of(InstalledModel.objects.get(model_version="1+rantasaatio.1"))
    assert gone not in {each.id for each in own.process.closing_reasons}
    assert own.process.contact_points[0].phone == "040 111 2222"
    assert "Meillä kokoonnutaan **rannassa**." in own.guide(name.removeprefix("g_"), "fi")


def test_some_closing_reason_stays(browser, cast):
    row = begin(browser(), take_into_use(cast, NETWORK)[NETWORK])
    shown = post(browser(), "coordination:adaptation_reasons", row.id, version=1, ends="ended_early", status=422)
    assert "Leave at least one reason" in shown
    row.refresh_from_db()
    assert row.changes == []


def test_faults_of_the_whole_are_told_and_what_is_changed_stays(browser, cast):
    client = browser()
    row = begin(client, take_into_use(cast, NETWORK)[NETWORK])
    reasons = [f"process.closing_reasons.{each['id']}" for each in SHIPPED.document["process"]["closing_reasons"]]
    Adaptation.objects.update(changes=[{"at": place, "remove": True} for place in reasons])
    shown = post(client, "coordination:adaptation_finish", row.id, version=1, status=422)
    assert "The whole has faults: nothing was made" in shown and "make the version again" in shown
    assert "<b>The list is too short.</b>" in shown and "closing_reasons</code>" in shown
    assert "to be sent" not in shown  # the package's authors have nothing to do with it
    assert Adaptation.objects.get().ended_at is None


def test_a_reason_of_ones_own_needs_finnish(browser, cast):
    row = begin(browser(), take_into_use(cast, NETWORK)[NETWORK])
    shown = post(
        browser(), "coordination:adaptation_reasons", row.id, version=1, ends="ended_early", new_en="Rain", status=422
    )
    assert "Write it in Finnish" in shown


def test_a_new_reason_of_ones_own_never_takes_the_place_of_another(browser, cast):
    client = browser()
    row = begin(client, take_into_use(cast, NETWORK)[NETWORK])
    for version, words in ((1, "Satoi"), (2, "Paistoi")):
        post(client, "coordination:adaptation_reasons", row.id, version=version, ends="ended_early", new_fi=words)
    first = "process.closing_reasons.own-reason-1"
    post(client, "coordination:adaptation_undo", row.id, version=3, place=first)
    post(client, "coordination:adaptation_reasons", row.id, version=4, ends="ended_early", new_fi="Tuuli")
    row.refresh_from_db()
    said = [each["set"] for each in row.changes if each["at"].startswith("texts.fi.own.closing.")]
    assert {"Paistoi", "Tuuli"} <= set(said)
    assert len([each for each in row.changes if "add" in each]) == 2


def test_two_coordinators_at_once_lose_nothing(browser, cast):
    row = begin(browser(), take_into_use(cast, NETWORK)[NETWORK])
    typed = {"version": 1, "ends": "ended_early", "new_fi": "Satoi"}
    post(browser(), "coordination:adaptation_reasons", row.id, **typed)
    shown = post(browser(), "coordination:adaptation_reasons", row.id, **typed, status=409)
    assert "Somebody else saved this" in shown and "Satoi" in shown
    assert "process.closing_reasons" not in shown


def test_what_both_changed_is_put_before_the_coordinator(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    client = browser()
    row = begin(client, model)
    key = package_of(model).model.title
    texts = reverse("coordination:adaptation_texts", args=[row.id])
    client.post(f"{texts}?language=fi&q={key}", {"once": str(uuid4()), f"t_{key}": "Omat sanat", "version": 1})
    row.refresh_from_db()
    post(client, "coordination:adaptation_finish", row.id, version=row.version)
    new = another_version(NETWORK, "2", lambda document: document["texts"]["fi"].__setitem__(key, "Uudet sanat"))
    shown = post(client, "coordination:adapt", new.id, continues="1")
    row = Adaptation.objects.get(ended_at=None)
    assert "differ in 1 place" in shown
    shown = page(client, "coordination:adaptation_conflicts", row.id)
    assert "Omat sanat" in shown and "Uudet sanat" in shown
    assert "Finnish · What the model is" in shown and f"texts.fi.{key}" not in shown
    post(client, "coordination:adaptation_conflicts", row.id, version=row.version, c_0="own")
    row.refresh_from_db()
    post(client, "coordination:adaptation_finish", row.id, version=row.version)
    assert package_of(InstalledModel.objects.get(model_version="2+rantasaatio.1")).text(key, "fi") == "Omat sanat"


def test_own_words_for_a_page_that_is_gone_are_shown_as_they_read(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    client = browser()
    row = begin(client, model)
    gone = next(iter(package_of(model).document["guide"]["en"]))
    address = reverse("coordination:adaptation_guide", args=[row.id])
    typed = {"once": str(uuid4()), "version": 1, f"g_{gone}": "By us **on the shore**."}
    assert client.post(f"{address}?language=en", typed).status_code == 302
    row.refresh_from_db()
    post(client, "coordination:adaptation_finish", row.id, version=row.version)
    new = another_version(NETWORK, "2", lambda document: document["guide"]["en"].pop(gone))
    post(client, "coordination:adapt", new.id, continues="1")
    shown = page(client, "coordination:adaptation_conflicts", Adaptation.objects.get(ended_at=None).id)
    assert "By us <strong>on the shore</strong>." in shown


def test_a_change_is_taken_back_and_the_whole_given_up(browser, cast):
    client = browser()
    row = begin(client, take_into_use(cast, NETWORK)[NETWORK])
    post(client, "coordination:adaptation_reasons", row.id, version=1, ends="ended_early", new_fi="Satoi", follow=False)
    row.refresh_from_db()
    place = row.changes[-1]["at"]
    post(client, "coordination:adaptation_undo", row.id, version=row.version, place=place)
    row.refresh_from_db()
    assert place not in {each["at"] for each in row.changes}
    post(client, "coordination:adaptation_drop", row.id, version=row.version)
    assert not Adaptation.objects.filter(ended_at=None).exists()


# Moves


def test_the_coordinator_moves_the_organisations_work(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    scene, row = engage(cast, model=model)
    new = another_version(NETWORK, "2", same)
    client = browser()
    shown = page(client, "coordination:upgrade", new.id)
    assert "Kallio" not in shown and str(scene.family_id) not in shown
    assert "The course is the same in both versions." in shown
    typed = {f"move_{row.id}": "1", f"seen_{row.id}": row.version}
    shown = post(client, "coordination:upgrade", new.id, **typed, status=422)
    assert "Write why" in shown
    shown = post(client, "coordination:upgrade", new.id, **typed, reason="Uusi versio")
    assert "1 was moved" in shown
    shown = post(client, "coordination:upgrade", new.id, **typed, reason="Uusi versio", status=422)
    assert "Tick at least one" in shown
    today = page(browser("aino"), "desk:today")
    assert "moved to another version" in today and "Seen" in today
    assert reverse("desk:engagement", args=[scene.family_id, row.id]) in today


def test_a_phase_that_is_lost_from_two_versions_is_chosen_for_each(browser, cast):
    model = take_into_use(cast, NETWORK)[NETWORK]
    _scene, first = engage(cast, model=model)
    between = another_version(NETWORK, "1.5", same)
    adopt(cast.kaisa, model_id=between.id)
    _scene, second = engage(cast, name="Laakso", model=between)
    new = another_version(NETWORK, "2", without_first_phase)
    on = [each.id for each in package_of(new).process.phases[:2]]
    client = browser()
    names = re.findall(r'name="(phase_[^"]+)"', page(client, "coordination:upgrade", new.id))
    assert len(set(names)) == 2
    chosen = dict(zip(names, on, strict=True))
    ticked = {f"move_{row.id}": "1" for row in (first, second)}
    ticked |= {f"seen_{row.id}": row.version for row in (first, second)}
    again = post(client, "coordination:upgrade", new.id, **chosen, **ticked, status=422)
    assert [f'value="{each}" selected' in again for each in on] == [True, True]
    post(client, "coordination:upgrade", new.id, **chosen, **ticked, reason="Uusi versio")
    assert [Engagement.objects.get(pk=row.pk).phase for row in (first, second)] == on


def test_work_that_was_changed_meanwhile_is_left_and_told(browser, cast):
    _scene, row = engage(cast, model=take_into_use(cast, NETWORK)[NETWORK])
    new = another_version(NETWORK, "2", same)
    typed = {f"move_{row.id}": "1", f"seen_{row.id}": 0, "reason": "Uusi"}
    assert "changed meanwhile" in post(browser(), "coordination:upgrade", new.id, **typed)
    assert Engagement.objects.get().model_id != new.id


def test_the_pair_sees_the_course_marks_the_phase_and_moves(browser, cast):
    scene, row = engage(cast, model=take_into_use(cast, NETWORK)[NETWORK])
    client = browser("aino")
    assert reverse("desk:engagement", args=[scene.family_id, row.id]) in page(client, "desk:case", scene.family_id)
    shown = page(client, "desk:engagement", scene.family_id, row.id)
    assert "We are here now" in shown and "Other versions" not in shown and "Guide" in shown
    second = package_of(row.model).process.phases[1]
    shown = post(client, "desk:engagement_phase", scene.family_id, row.id, version=1, phase=second.id)
    assert "The present phase is marked." in shown and "What has been moved" in shown
    new = another_version(NETWORK, "2", lambda document: document["process"]["phases"].pop(1))
    shown = page(client, "desk:engagement_move", scene.family_id, row.id, new.id)
    assert "Steps left out" in shown and 'name="phase"' in shown
    on = package_of(new).process.phases[0].id
    typed = {"version": 2, "reason": "Sovimme niin", "phase": on}
    shown = post(client, "desk:engagement_move", scene.family_id, row.id, new.id, **typed)
    assert "The work is on version 2 now." in shown and "Sovimme niin" in shown


def test_another_unit_sees_no_course(browser, cast):
    scene, row = engage(cast, model=take_into_use(cast, NETWORK)[NETWORK])
    page(browser("outi"), "desk:engagement", scene.family_id, row.id, status=404)
    other, _row = engage(cast, "Kuusi", by="outi", pair=None, model=row.model)
    page(browser("outi"), "desk:engagement", other.family_id, row.id, status=404)
