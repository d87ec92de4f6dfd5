"""The server itself: without a database, with two processes, and while somebody wants to restore."""

import os
import stat

import pytest

from tests.faults.installation import Installation, free_port

PASSWORD = "kolme-kuusta-rannalla"
SET_PASSWORD = """
from solmu.accounts.models import Account
Account.objects.create_user("aino@example.org", sys.argv[1], name="Aino Salmi")
print("1")
"""


def test_without_a_database_it_starts_and_says_so_in_plain_words(tmp_path):
    nowhere = Installation(tmp_path, f"postgres://solmu@127.0.0.1:{free_port()}/solmu")
    try:
        nowhere.serve(workers=1, wait=False)
        status, body, headers = nowhere.get("/health/")
        assert status == 503 and headers["Retry-After"]
        assert "The database cannot be reached" in body and "Traceback" not in body
        assert nowhere.get("/about/")[0] == 200
    finally:
        nowhere.kill()


def test_refuses_to_serve_a_database_of_another_shape(empty):
    done = empty.solmu("serve", "--port", str(free_port()), code=1)
    assert "solmu migrate" in done.stderr


def test_refuses_a_port_that_is_taken(installation):
    installation.serve(workers=1)
    done = installation.solmu("serve", "--port", str(installation.port), code=1)
    assert "--port" in done.stderr


def test_a_password_is_slowed_down_over_all_processes(installation):
    installation.script(SET_PASSWORD, PASSWORD)
    installation.serve(workers=2)
    for _time in range(6):
        status, _body, _headers = installation.post("/accounts/login/", login="aino@example.org", password="wrong")
        assert status != 302
    status, _body, _headers = installation.post("/accounts/login/", login="aino@example.org", password=PASSWORD)
    assert status != 302


def test_a_right_password_opens_and_the_session_key_is_new(installation):
    installation.script(SET_PASSWORD, PASSWORD)
    installation.serve(workers=1)
    planted = "sessionid=" + "a" * 32
    answer = installation.post("/accounts/login/", planted, login="aino@example.org", password=PASSWORD)
    assert answer[0] == 302
    assert "a" * 32 not in str(answer[2])
    assert "sessionid=" in str(answer[2])


def test_nothing_is_restored_under_a_running_server(installation):
    archive = installation.solmu("backup").stdout.strip()
    installation.serve(workers=1)
    assert "Stop it first" in installation.solmu("restore", archive, "--yes", code=1).stderr
    installation.stop()
    installation.solmu("restore", archive, "--yes")


def test_what_it_writes_is_its_owners_alone(installation):
    installation.solmu("backup")
    installation.serve(workers=1)
    installation.stop()
    open_ones = [
        path.name
        for path in installation.data.rglob("*")
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077 and path.name != "server.log"
        if "static" not in path.parts  # everybody may see those, once they can reach the folder
    ]
    assert open_ones == []


@pytest.mark.skipif(os.environ.get("SOLMU_TEST_DATABASE") == "postgres", reason="the same on every database")
def test_help_needs_no_settings_and_no_data(tmp_path):
    done = Installation(tmp_path, "nonsense://").solmu("--help")
    assert "verify-log" in done.stdout
    wrong = Installation(tmp_path, "nonsense://").solmu("check", code=1)
    assert "SOLMU_DATABASE_URL" in wrong.stderr and "Traceback" not in wrong.stderr
