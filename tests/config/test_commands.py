"""The command `solmu`: plain words, exit codes, and upkeep that may be done again."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.access.gate import OutOfScope
from solmu.access.models import Grant
from solmu.accesslog import ledger, verification
from solmu.accesslog.models import Entry
from solmu.accounts.models import Account
from solmu.agenda.actions import put
from solmu.agenda.models import Item
from solmu.config import checks, cli, reference, upkeep
from solmu.config.console import FAULT, OK, USAGE
from solmu.kernel.ids import new_id
from solmu.organisations.models import Membership
from solmu.web.models import Draft, Submission
from tests.cast import MONDAY, later
from tests.house import ROOT
from tests.referrals.scenes import sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.SOLMU_DATA = tmp_path
    return tmp_path


def run(*words) -> int:
    return cli.main(words)


def entries(number):
    ledger.append(
        ledger.Line(at=MONDAY, deed="read_family", outcome="allowed", record_id=new_id()) for _ in range(number)
    )


class TestPlainWords:
    @pytest.mark.parametrize("command", cli.COMMANDS)
    def test_every_command_has_help(self, command, capsys):
        with pytest.raises(SystemExit) as ended:
            run(command, "--help")
        assert ended.value.code == 0
        assert len(capsys.readouterr().out) > 100

    def test_a_wrong_word_is_a_wrong_use(self):
        with pytest.raises(SystemExit) as ended:
            run("dance")
        assert ended.value.code == USAGE

    def test_an_expected_fault_has_no_trace(self, capsys):
        assert run("restore", "/nowhere/at-all.zip") == FAULT
        said = capsys.readouterr()
        assert "There is no file" in said.err and "Traceback" not in said.err and not said.out

    def test_the_trace_is_shown_when_asked_for(self, capsys):
        assert run("--debug", "restore", "/nowhere/at-all.zip") == FAULT
        assert "Traceback" in capsys.readouterr().err

    def test_the_reference_is_current(self):
        assert reference.PAGE.read_text() == reference.page()

    def test_the_settings_reference_is_current(self):
        code = "".join(path.read_text() for path in (ROOT / "src/solmu/config").rglob("*.py"))
        read = set(re.findall(r'(?:environ(?:\.get)?[\[(]|_flag\(|_words\()"(SOLMU_\w+)"', code))
        page = (ROOT / "docs/reference/settings.md").read_text()
        assert set(re.findall(r"^\| `(SOLMU_\w+)`", page, re.MULTILINE)) == read


class TestVerifyLog:
    def test_a_whole_log_prints_its_anchor(self, capsys):
        entries(3)
        assert run("verify-log") == OK
        sequence, digest = ledger.anchor()
        assert f"Anchor: {sequence}:{digest}" in capsys.readouterr().out

    def test_names_each_place_where_it_does_not_hold(self, capsys, monkeypatch):
        entries(3)
        monkeypatch.setattr(ledger, "faults", lambda *_args, **_more: iter([ledger.Fault(2, "changed")]))
        assert run("verify-log") == FAULT
        said = capsys.readouterr()
        assert "2: the entry was changed" in said.err and not said.out

    def test_an_anchor_of_another_log_is_found(self, capsys):
        entries(3)
        assert run("verify-log", "--anchor", f"2:{'0' * 64}") == FAULT
        assert "2: the entry was changed" in capsys.readouterr().err

    def test_an_anchor_noted_by_upkeep_is_compared_every_time(self, data, capsys):
        entries(3)
        (data / "anchors.txt").write_text(f"2026-11-01 2:{'0' * 64}\n")
        assert run("verify-log") == FAULT
        assert "noted that day" in capsys.readouterr().err

    def test_an_anchor_that_is_none_is_a_wrong_use(self):
        assert run("verify-log", "--anchor", "yesterday") == USAGE


class TestUpkeep:
    def test_done_again_it_changes_nothing(self, cast, capsys):
        entries(2)
        assert run("tick") == OK
        capsys.readouterr()
        assert run("tick") == OK
        assert set(re.findall(r": (\w+)", capsys.readouterr().out)) == {"0"}

    def test_a_permission_that_has_run_out_closes_the_receivers_access_and_both_hear_of_it(self, cast, monkeypatch):
        told = sent(cast)
        monkeypatch.setattr("solmu.kernel.clock.now", lambda: later(cast.aino, days=200).at)
        assert run("tick") == OK
        assert told.now().state == "cancelled" and told.now().came_back
        assert not Grant.objects.filter(basis_id=told.referral.id, closed_at=None).exists()
        with pytest.raises(OutOfScope):
            gate.require(cast.ritva, Deed.READ_PACKET, told.family_id)
        waits = Item.objects.filter(about_id=told.referral.id, settled_at=None)
        assert {item.owner_unit_id for item in waits.filter(kind="permission_over")} == {cast.ritva.unit_id}
        pair = {cast.aino.account_id, cast.bertta.account_id}
        assert {item.owner_account_id for item in waits.filter(kind="returned")} == pair

    def test_one_that_fails_does_not_keep_the_others(self, monkeypatch, capsys):
        def failing(actor):
            raise RuntimeError

        done = []
        monkeypatch.setattr(upkeep, "UPKEEP", [("first", failing), ("second", done.append)])
        assert run("tick") == FAULT
        assert "first" in capsys.readouterr().err and len(done) == 1

    @pytest.mark.parametrize("work", [work for _name, work in upkeep.UPKEEP], ids=lambda work: work.__name__)
    def test_is_for_the_clock_alone(self, cast, work):
        from solmu.access.gate import NotPermitted

        with pytest.raises(NotPermitted):
            work(cast.hilla)

    def test_a_reminder_goes_once_a_day_and_says_nothing_of_what_waits(self, cast):
        put(cast.aino, kind=Item.Kind.CONTACT, about_id=new_id(), due_on=MONDAY.date(), accounts=[cast.aino.account_id])
        put(cast.aino, kind=Item.Kind.ANSWER, about_id=new_id(), due_on=MONDAY.date(), unit_id=cast.ritva.unit_id)
        assert upkeep.remind(system(MONDAY)) == 3  # Aino; Ritva and Roope of the unit
        assert upkeep.remind(system(MONDAY + timedelta(hours=1))) == 0
        assert upkeep.remind(system(MONDAY + timedelta(days=1))) == 3
        message = mail.outbox[0]
        assert len(message.to) == 1 and "Solmu" in message.subject
        for word in ("contact", "yhteydenotto", "Aino", "Salmi", "Finish"):
            assert word not in message.subject + message.body

    @pytest.mark.parametrize("moment", [{"hours": -4}, {"hours": 10}, {"days": 5}])
    def test_nobody_is_reminded_at_night_or_on_a_day_off(self, cast, moment):
        put(cast.aino, kind=Item.Kind.CONTACT, about_id=new_id(), due_on=MONDAY.date(), accounts=[cast.aino.account_id])
        assert upkeep.remind(system(MONDAY + timedelta(**moment))) == 0

    def test_what_is_not_due_yet_reminds_nobody(self, cast):
        day = MONDAY.date() + timedelta(days=1)
        put(cast.aino, kind=Item.Kind.CONTACT, about_id=new_id(), due_on=day, accounts=[cast.aino.account_id])
        assert upkeep.remind(system(MONDAY)) == 0

    def test_families_without_a_next_step_are_looked_for_once_an_hour(self, monkeypatch, settings, tmp_path):
        settings.SOLMU_DATA, looked = tmp_path, []
        monkeypatch.setattr(upkeep, "leave_nobody_unseen", lambda actor: looked.append(actor) or 1)
        found = [upkeep.look_for_unseen(system(MONDAY + timedelta(minutes=minutes))) for minutes in (0, 59, 60)]
        assert found == [1, 0, 1] and len(looked) == 2

    def test_a_mail_that_could_not_be_sent_is_sent_the_next_time(self, cast, monkeypatch):
        put(cast.aino, kind=Item.Kind.CONTACT, about_id=new_id(), due_on=MONDAY.date(), accounts=[cast.aino.account_id])

        def down(*_words):
            raise ConnectionRefusedError

        with monkeypatch.context() as patch:
            patch.setattr(upkeep, "send_mail", down)
            with pytest.raises(ConnectionRefusedError):
                upkeep.remind(system(MONDAY))
        assert upkeep.remind(system(MONDAY)) == 1

    def test_old_drafts_and_submissions_go_and_new_ones_stay(self, cast, settings):
        account = cast.account("aino")
        for days in (0, settings.SOLMU_DRAFT_DAYS + 1):
            at = MONDAY - timedelta(days=days)
            Draft.objects.create(account=account, form=f"f{days}", sealed=b"", saved_at=at)
            Submission.objects.create(key=new_id(), account=account, led_to="/", sent_at=at)
        assert (upkeep.clear_drafts(system(MONDAY)), upkeep.clear_submissions(system(MONDAY))) == (1, 1)
        assert (Draft.objects.count(), Submission.objects.count()) == (1, 1)

    def test_sqlite_counts_its_rows_once_a_day(self, cast, data):
        counted = [upkeep.count_rows(system(MONDAY + timedelta(hours=hours))) > 0 for hours in (0, 5, 24)]
        own = connection.vendor == "sqlite"
        assert counted == [own, False, own]
        if own:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM sqlite_stat1")
                assert cursor.fetchone()[0] > 0

    def test_the_anchor_is_noted_once_a_day(self, data):
        entries(2)
        for hours in (0, 5, 24):
            upkeep.note_anchor(system(MONDAY + timedelta(hours=hours)))
        assert [line.split()[0] for line in (data / "anchors.txt").read_text().splitlines()] == [
            "2026-11-02",
            "2026-11-03",
        ]
        assert verification.noted_anchors() == [ledger.anchor()] * 2

    def test_the_log_is_walked_once_a_day_for_the_stewards_page(self):
        entries(2)
        assert [upkeep.verify_log(system(MONDAY + timedelta(hours=hours))) for hours in (0, 5, 25)] == [1, 0, 1]
        assert verification.last_verification().entries == 2

    def test_two_ticks_at_once_are_one(self, capsys):
        with upkeep.alone() as first:
            assert first
            assert run("tick") == OK
        assert "Another process" in capsys.readouterr().out


class TestAccount:
    WORDS = ("--name", "Aino Salmi", "--role", "administrator", "--organisation", "Rantasäätiö", "--unit", "Toimisto")

    def test_the_first_administrator_of_an_empty_installation(self, capsys):
        assert run("account", "add", "aino@example.org", *self.WORDS) == OK
        password = re.search(r"only now\): (\S+)", capsys.readouterr().out)[1]
        account = Account.objects.get()
        assert account.check_password(password)
        assert Membership.objects.get().role == "administrator"

    def test_a_second_role_asks_no_password_and_done_again_changes_nothing(self, capsys):
        for _time in range(2):
            run("account", "add", "aino@example.org", *self.WORDS)
        run("account", "add", "AINO@example.org", *self.WORDS[:3], "steward", *self.WORDS[4:])
        assert capsys.readouterr().out.count("only now") == 1
        assert (Account.objects.count(), Membership.objects.count()) == (1, 2)

    def test_a_closed_account_keeps_its_past(self, cast):
        assert run("account", "end", "aino@example.org", "--yes") == OK
        account = Account.objects.get(email="aino@example.org")
        assert not account.is_active and account.memberships.get().ended_on

    def test_is_not_closed_without_a_yes(self, cast):
        assert run("account", "end", "aino@example.org") == USAGE
        assert Account.objects.get(email="aino@example.org").is_active

    def test_a_new_password_can_forget_a_lost_second_factor(self, cast):
        from allauth.mfa.models import Authenticator
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        TOTP.activate(cast.account("aino"), generate_totp_secret())
        assert run("account", "password", "aino@example.org", "--forget-second-factor") == OK
        assert not Authenticator.objects.exists()

    def test_an_unknown_address_is_said(self, capsys):
        assert run("account", "password", "nobody@example.org") == FAULT
        assert "no account" in capsys.readouterr().err

    def test_lists_who_may_do_what_where(self, cast, capsys):
        assert run("account", "list") == OK
        assert "aino@example.org\tAino Salmi\tRantasäätiö\tPalveluneuvonta\tcounsellor" in capsys.readouterr().out

    def test_accounts_are_managed_by_administrators_and_the_operator_only(self, cast):
        from solmu.access.gate import NotPermitted
        from solmu.organisations.actions import end_account

        with pytest.raises(NotPermitted):
            end_account(cast.aino, email="bertta@example.org")
        end_account(cast.hilla, email="bertta@example.org")


class TestCheck:
    def words(self, found):
        return " ".join(str(each) for each in found)

    def test_unsafe_settings_are_refused_each_with_its_mend(self, settings, data):
        settings.SOLMU_SECRET = "short"
        settings.ALLOWED_HOSTS = ["*"]
        settings.SOLMU_PUBLIC_URL = "http://solmu.example.org"
        settings.SOLMU_DEMO = settings.DEBUG = True
        data.chmod(0o755)
        said = self.words(checks.deployment())
        for word in ("SOLMU_SECRET", "SOLMU_HOSTS", "SOLMU_PUBLIC_URL", "SOLMU_DEMO", "DEBUG", "Mail", "chmod 700"):
            assert word in said
        assert "SOLMU_REQUIRE_SECOND_FACTOR" in said and "solmu backup" in said

    def test_safe_settings_are_not(self, settings, data, cast):
        settings.SOLMU_SECRET = "a8dj2kq0-Zp_4mvB7xTg1nRw6yLc9eHs5uFo"
        settings.ALLOWED_HOSTS = ["solmu.example.org"]
        settings.SOLMU_PUBLIC_URL = "https://solmu.example.org"
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        settings.SOLMU_REQUIRE_SECOND_FACTOR = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.DEFAULT_FROM_EMAIL = "solmu@example.org"
        (data / "latest-backup").touch()
        data.chmod(0o700)
        assert [each for each in checks.deployment() if not each.warning] == []

    def test_a_cut_log_is_seen(self):
        entries(2)
        from solmu.accesslog.models import Head

        Head.objects.update(sequence=3)
        assert "verify-log" in self.words(checks._log())

    def test_an_organisation_without_a_steward_is_named(self, cast):
        Membership.objects.filter(role="steward").delete()
        assert "Rantasäätiö" in self.words(checks._stewards())


def test_walking_a_log_that_grows_meanwhile_finds_no_fault():
    entries(3)
    walk = ledger.faults(seen=lambda sequence: entries(1) if sequence == 2 else None)
    assert list(walk) == []
    assert Entry.objects.count() == 4


def test_an_entry_beyond_the_head_is_found():
    entries(2)
    from solmu.accesslog.models import Head

    first = Entry.objects.get(pk=1)
    Head.objects.update(sequence=1, hash=first.hash)
    assert [(fault.sequence, fault.what) for fault in ledger.faults()] == [(2, "broken")]
