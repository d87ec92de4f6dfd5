"""The packet: only what was chosen, the same words everywhere, and nobody's own part without that person."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput
from solmu.referrals.actions import prepare_referral, send_referral
from solmu.referrals.models import Referral
from solmu.referrals.packet import KINDS, Draft, build_packet, label_of, offers, packet_hash
from solmu.situations.models import MapItem, MapItemState, Round
from tests.cast import MONDAY
from tests.referrals.scenes import ASKED, draft, items_of, permit, sent
from tests.scenes import WORDS, open_family

pytestmark = pytest.mark.django_db


def access_to(cast, scene):
    return gate.require(cast.aino, Deed.PREPARE_REFERRAL, scene.family_id)


def mark(scene, words, *, who=None, view_of=None, kind="knot", domain="finances", weight="tense", **more):
    found, _new = Round.objects.get_or_create(
        family_id=scene.family_id,
        number=1,
        defaults={"held_on": MONDAY.date(), "made_by": scene.case_id, "made_at": MONDAY},
    )
    item = MapItem.objects.create(
        family_id=scene.family_id,
        person=scene.people.get(who),
        view_of=scene.people.get(view_of),
        domain=domain,
        kind=kind,
        words=words,
        first_round=found,
        **more,
    )
    MapItemState.objects.create(item=item, round=found, weight=weight)
    return item


def codes_of(cast, scene, **draft_fields) -> dict:
    fields = {"asked": ASKED, "case_id": scene.case_id} | draft_fields
    return {offer.code: offer for offer in offers(access_to(cast, scene), Draft(**fields))}


def test_only_what_was_chosen_is_told(cast):
    scene = open_family(cast, language="so", area="Rantakylä")
    found = build_packet(access_to(cast, scene), Draft(asked=ASKED, case_id=scene.case_id), ["area"])
    assert [section["code"] for section in found] == ["asked", "facts", "tell_back"]
    assert "Rantakylä" in str(found) and "Minna" not in str(found) and WORDS not in str(found)


def test_each_domain_and_each_person_is_an_item_of_its_own(cast):
    scene = open_family(cast)
    minna, ville = scene.people["Minna"].id, scene.people["Ville"].id
    mark(scene, "Laskut kasautuvat", who="Minna", view_of="Minna")
    mark(scene, "Ville on hiljaa", who="Ville", view_of="Minna", domain="mind")
    mark(scene, "Naapurin apu", kind="bond", domain="relations", weight="carries")
    mark(scene, "Vuokra oli rästissä", who="Minna", domain="housing", weight="opened")
    found = codes_of(cast, scene)
    assert {f"knots:finances:{minna}", f"knots:mind:{ville}", "bonds:relations"} <= set(found)
    assert not any(code.startswith("knots:housing") for code in found)
    assert found[f"knots:mind:{ville}"].about == {minna, ville}
    assert found["bonds:relations"].about == frozenset()


def test_a_young_persons_own_part_needs_the_young_person(cast):
    scene = open_family(cast)
    siiri = scene.people["Siiri"]
    mark(scene, "En halua mennä kouluun", who="Siiri", view_of="Siiri", domain="children", own_part=True)
    mark(scene, "Siiri on paljon pois koulusta", who="Siiri", view_of="Minna", domain="children")
    found = codes_of(cast, scene)
    own = found[f"own_part:{siiri.id}"]
    assert "En halua mennä kouluun" in str(own.rows)
    assert all("En halua" not in str(offer.rows) for code, offer in found.items() if code != own.code)
    unit = cast.unit("receivers")
    _scene, referral = draft(cast, scene, ["words", own.code])
    permit(cast.aino, scene, ["words", own.code], unit=unit)
    with pytest.raises(InvalidInput):
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    permit(cast.aino, scene, [own.code], who="Siiri", unit=unit)
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)


def test_without_that_class_the_own_part_is_not_even_offered(cast):
    from solmu.access.classes import InformationClass as C
    from solmu.access.models import Grant

    scene = open_family(cast)
    mark(scene, "En halua mennä kouluun", who="Siiri", view_of="Siiri", domain="children", own_part=True)
    for grant in Grant.objects.filter(record_id=scene.family_id):
        grant.classes &= ~int(C.YOUNG_PART)
        grant.save()
    assert not any(code.startswith("own_part") for code in codes_of(cast, scene))


def test_the_pairs_notes_and_a_protected_address_are_no_items(cast):
    assert not {"notes", "own_notes", "address"} & set(KINDS)
    scene = open_family(cast)
    minna = scene.people["Minna"]
    minna.address, minna.address_protected = "Salainen katu 1", True
    minna.save()
    everything = codes_of(cast, scene, wish="Rauhaa", already_done="Soitettu")
    assert "Salainen katu" not in str([offer.rows for offer in everything.values()])
    with pytest.raises(InvalidInput):
        prepare_referral(
            cast.aino,
            family_id=scene.family_id,
            asked=ASKED,
            items=["own_notes"],
            to_unit_id=cast.unit("receivers").id,
        )


def test_what_the_pair_writes_becomes_items(cast):
    scene = open_family(cast)
    assert not {"wish", "already_done"} & set(codes_of(cast, scene))
    assert {"wish", "already_done"} <= set(codes_of(cast, scene, wish="Rauhaa", already_done="Soitettu"))


def test_every_offer_has_its_kind_its_reason_and_a_label(cast):
    scene = open_family(cast, language="so", area="Rantakylä")
    mark(scene, "Laskut kasautuvat", who="Minna", view_of="Minna")
    names = {person.id: person.called for person in scene.people.values()}
    for code, offer in codes_of(cast, scene, wish="Rauhaa").items():
        assert code.split(":")[0] in KINDS
        assert offer.why and offer.label == label_of(code, names)
        assert "%(" not in offer.label
    assert label_of("something_old", {}) == "something_old"


def test_the_hash_follows_the_words(cast):
    told = sent(cast)
    assert packet_hash(told.referral.packet) == told.referral.packet_hash
    changed = [*told.referral.packet[:-1], {**told.referral.packet[-1], "title": "Muu"}]
    assert packet_hash(changed) != told.referral.packet_hash


def words_in(page: str, mark_at: str) -> str:
    """The words of the first packet on a page."""
    inside = re.search(rf"{mark_at}(.*?)</article>", page, re.DOTALL)
    assert inside, "the page shows no packet"
    return " ".join(strip_tags(inside[1]).split())


def test_what_is_read_to_the_family_is_word_for_word_what_the_receiver_reads(cast, client, monkeypatch):
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: MONDAY + timedelta(hours=1))
    scene = open_family(cast, language="so", interpreter="always", interpreter_wish="Nainen, jos voi", area="Rantakylä")
    mark(scene, "Laskut <kasautuvat> & painavat", who="Minna", view_of="Minna", would_help="Velkaneuvoja")
    mark(scene, "Äiti auttaa", who="Minna", view_of="Minna", kind="bond", domain="relations", weight="carries")
    minna = scene.people["Minna"].id
    items = [*items_of(scene), "language", "area", f"knots:finances:{minna}", f"bonds:relations:{minna}", "wish"]
    _scene, referral = draft(cast, scene, items, wish="Keskustelu ensin yksin.\nSitten muut.", already_done="Soitettu")
    permit(cast.aino, scene, items, unit=cast.unit("receivers"))

    client.force_login(cast.account("aino"))
    client.cookies["django_language"] = "en"  # the packet is frozen in the language in which it was read
    preview = client.get(reverse("desk:referral", args=[referral.id])).content.decode()
    read_aloud = words_in(preview, r'<article class="sheet"[^>]*>')
    asking = client.get(reverse("desk:permission_ask", args=[referral.id, minna])).content.decode()
    assert words_in(asking, r'<article class="sheet[^>]*>') == read_aloud

    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    after = client.get(reverse("desk:referral", args=[referral.id])).content.decode()
    assert words_in(after, r'<article class="sheet[^>]*>') == read_aloud
    paper = client.get(reverse("desk:packet_print", args=[referral.id])).content.decode()
    assert words_in(paper, r'<article class="sheet[^>]*>').endswith(read_aloud)

    client.force_login(cast.account("ritva"))
    received = client.get(reverse("desk:queue_item", args=[referral.id])).content.decode()
    assert words_in(received, r'<article class="sheet">') == read_aloud
    frozen = Referral.objects.get(pk=referral.id).packet
    drawn = " ".join(strip_tags(render_to_string("desk/packet.html", {"sections": frozen})).split())
    assert drawn == read_aloud
    for words in (WORDS, "Velkaneuvoja", "Äiti auttaa", "Keskustelu ensin yksin.", "Nainen, jos voi"):
        assert words in read_aloud
    assert "Soitettu" not in read_aloud and "Ville" not in read_aloud
