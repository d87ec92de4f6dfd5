"""Whatever people do to a referral, in any order: the promises of the product hold after every step."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import ENOUGH_TO_SEE, Item
from solmu.kernel.errors import Refused
from solmu.referrals import actions
from solmu.referrals.models import Referral
from solmu.referrals.packet import packet_hash
from solmu.referrals.rules import MOVES, TERMINAL, By, find_move
from tests.cast import Cast
from tests.referrals.scenes import ASKED, draft, permit
from tests.scenes import Scene, open_family

_WHEN = timedelta(days=3)
_SENDER = {"send": actions.send_referral, "cancel": actions.cancel_referral, "error": actions.mark_entered_in_error}
_RECEIVER = {
    "claim": (actions.claim_referral, ()),
    "release": (actions.release_claim, ()),
    "accept": (actions.accept_referral, ("next_on",)),
    "ask": (actions.ask_question, ("text",)),
    "reject": (actions.reject_referral, ("reason",)),
    "hold": (actions.hold_referral, ("reason", "until")),
    "start": (actions.start_work, ("next_on",)),
    "report": (actions.report_work, ("next_on", "note")),
    "complete": (actions.complete_referral, ("outcome",)),
    "fail": (actions.fail_referral, ("reason",)),
    "redirect": (actions.redirect_referral, ("reason", "to_unit_id")),
}


class AnyOrder(RuleBasedStateMachine):
    """A contact that people of both sides move in any order, with words left out and old pages used."""

    cast: Cast
    scene: Scene

    @initialize(network=st.booleans(), start=st.sampled_from(["draft", "requested", "accepted"]))
    def prepare(self, network, start):
        self.aino, self.ritva, self.roope = self.cast.aino, self.cast.ritva, self.cast.roope
        self.unit, self.other = self.cast.unit("receivers"), self.cast.unit("other_receivers")
        _scene, referral = draft(self.cast, self.scene)
        if network:
            items = [*referral.items, "network"]
            fields = {"asked": ASKED, "priority": "routine", "items": items}
            actions.update_draft(self.aino, referral_id=referral.id, version=1, **fields)
        self.id, self.packet, self.network = referral.id, None, network
        self.permission = None
        if start != "draft":
            self.permit("Minna", for_other=False)
            self.permit("Ville", for_other=False)
            self.send(read_aloud=True, stale=False)
            assert self.packet
        if start == "accepted":
            self.receive("accept", roope=False, words=True, stale=False)
            assert self.now().state == "accepted"

    def now(self) -> Referral:
        return Referral.objects.get(pk=self.id)

    def attempt(self, action, actor, move, by, **fields):
        """Does it if it may be done; what the table does not allow must be refused."""
        before = self.now()
        legal = find_move(before.state, move, by) is not None
        try:
            action(actor, referral_id=self.id, **fields)
        except Refused:
            assert self.now().state == before.state
            assert self.now().version == before.version
        else:
            assert legal, f"{move} from {before.state} by {by} succeeded"
            assert fields.get("version", before.version) == before.version

    @rule(person=st.sampled_from(["Minna", "Ville"]), for_other=st.booleans())
    def permit(self, person, for_other):
        unit = self.other if for_other else self.unit
        items = self.now().items if person == "Minna" else ["network"]
        given = permit(self.aino, self.scene, items, who=person, unit=unit)
        if not for_other:
            self.permission = given

    @rule(read_aloud=st.booleans(), stale=st.booleans())
    def send(self, read_aloud, stale):
        version = self.now().version - stale
        self.attempt(_SENDER["send"], self.aino, "send", By.SENDER, version=version, read_aloud=read_aloud)
        if self.packet is None and self.now().packet:
            self.packet = (self.now().packet, self.now().packet_hash)

    @rule(move=st.sampled_from(sorted(_RECEIVER)), roope=st.booleans(), words=st.booleans(), stale=st.booleans())
    def receive(self, move, roope, words, stale):
        action, wanted = _RECEIVER[move]
        actor = self.roope if roope else self.ritva
        given = {name: "Sanottu" if words else "" for name in wanted if name in {"text", "reason", "note", "outcome"}}
        given |= {name: actor.today + _WHEN for name in wanted if name in {"next_on", "until"}}
        given |= {name: self.other.id for name in wanted if name == "to_unit_id"}
        self.attempt(action, actor, move, By.RECEIVER, version=self.now().version - stale, **given)

    @rule(move=st.sampled_from(["cancel", "error"]), reason=st.sampled_from(["", "Syy"]))
    def take_back(self, move, reason):
        self.attempt(_SENDER[move], self.aino, move, By.SENDER, version=self.now().version, reason=reason)

    @rule(reason=st.sampled_from(["", "Syy"]))
    def call_off(self, reason):
        fields = {"version": self.now().version, "reason": reason, "side": By.RECEIVER}
        self.attempt(actions.cancel_referral, self.ritva, "cancel", By.RECEIVER, **fields)

    @rule()
    def answer(self):
        question = self.now().questions.filter(answered_at=None).first()
        if question:
            fields = {"version": self.now().version, "question_id": question.id, "answer": "Kyllä"}
            self.attempt(actions.answer_question, self.aino, "answer", By.SENDER, **fields)

    @rule()
    def withdraw(self):
        if self.permission:
            try:
                actions.withdraw_permission(self.aino, permission_id=self.permission.id, how="oral")
            except Refused:
                return
            now = self.now()
            rested = now.permissions.filter(pk=self.permission.id).exists()
            assert now.state == "draft" or now.state in TERMINAL or not rested

    @rule(help_came=st.sampled_from(["", "yes"]))
    def tell(self, help_came):
        before = self.now()
        fields = {"told_on": self.aino.today, "help_came": help_came, "ask_again_on": self.aino.today + _WHEN}
        try:
            actions.tell_family(self.aino, referral_id=self.id, version=before.version, **fields)
        except Refused:
            return
        assert before.state in TERMINAL

    @invariant()
    def every_promise_holds(self):
        now = self.now()
        self.somebody_owns_what_waits_until_a_day(now)
        self.no_grant_outlives_the_referral_and_none_comes_before_it(now)
        self.the_receiver_reads_exactly_while_a_grant_lives(now)
        self.the_unit_hears_of_every_end_that_it_did_not_make(now)
        self.the_other_unit_never_reads_what_the_pair_has_not_sent_it(now)
        self.the_packet_never_changes_after_sending(now)
        self.the_way_leads_from_state_to_state(now)

    def somebody_owns_what_waits_until_a_day(self, now):
        waits = list(Item.objects.filter(about_id=self.id, settled_at=None).exclude(kind__in=ENOUGH_TO_SEE))
        if now.state not in TERMINAL:
            assert waits
        elif now.state != "entered_in_error" and now.sent_at and not now.help_came:
            assert "tell_family" in {item.kind for item in waits}
        assert all(item.due_on and (item.owner_account_id or item.owner_unit_id) for item in waits)

    def no_grant_outlives_the_referral_and_none_comes_before_it(self, now):
        live = Grant.objects.filter(basis_id=self.id, closed_at=None)
        assert live.exists() == (now.state not in {*TERMINAL, "draft"})
        opened = {code for grant in live for code in grant.opens}
        wider = {C.NETWORK, C.PLAN} if "network" in now.items and now.state not in {"draft", "requested"} else set()
        assert opened == ({C.PACKET} | wider if live else set())

    def the_receiver_reads_exactly_while_a_grant_lives(self, now):
        open_now = Grant.objects.filter(basis_id=self.id, closed_at=None).exists()
        try:
            gate.require(self.ritva, Deed.READ_PACKET, self.scene.family_id)
        except gate.OutOfScope:
            assert not open_now
        else:
            assert open_now

    def the_unit_hears_of_every_end_that_it_did_not_make(self, now):
        end = now.moves.filter(to_state__in=TERMINAL).exclude(from_state__in=["draft", *TERMINAL]).first()
        notices = Item.objects.filter(about_id=self.id, kind__in=ENOUGH_TO_SEE)
        heard = [(item.owner_unit_id, item.record_id) for item in notices]
        by_sender = end is not None and end.by_id == self.aino.account_id
        assert heard == ([(self.unit.id, None)] if by_sender else [])

    def the_other_unit_never_reads_what_the_pair_has_not_sent_it(self, now):
        with pytest.raises(gate.OutOfScope):
            gate.require(self.cast.tuula, Deed.READ_PACKET, self.scene.family_id)

    def the_packet_never_changes_after_sending(self, now):
        if self.packet:
            assert (now.packet, now.packet_hash) == self.packet
            assert packet_hash(now.packet) == now.packet_hash

    def the_way_leads_from_state_to_state(self, now):
        steps = list(now.moves.order_by("at", "id").values_list("from_state", "move", "to_state"))
        table = {(row.start, row.move, row.end) for row in MOVES}
        for step in steps[1:]:
            assert step in table or step[1] in {"prepare", "tell_family"}
        assert steps[-1][2] == now.state


class OneWorld(AnyOrder):
    """Each run of the machine in a transaction that is taken back at its end."""

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)


def test_every_order_of_deeds_keeps_the_promises(cast):
    world = type("World", (OneWorld,), {"cast": cast, "scene": open_family(cast)})  # made once; each run is taken back
    run_state_machine_as_test(
        world,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
