"""Eight writers at once: everybody gets a turn, nobody is refused, and the log has one unbroken order."""

import subprocess
import sys

WRITERS, EACH = 8, 100
WRITE = """
import threading
from django.db import connection, transaction
from solmu.accesslog import ledger
from solmu.accounts.models import Account
from solmu.kernel import clock
from solmu.kernel.ids import new_id
from solmu.web.models import Submission

account = Account.objects.get()
failed = []

def work():
    try:
        for _ in range(int(sys.argv[1])):
            with transaction.atomic():
                Submission.objects.create(key=new_id(), account=account, led_to="/", sent_at=clock.now())
                ledger.append([ledger.Line(at=clock.now(), deed="read_family", outcome="allowed", record_id=new_id())])
    except Exception as error:
        failed.append(repr(error))
    connection.close()

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(failed))
sys.stdout.flush()
"""
COUNT = """
from solmu.accesslog.models import Entry, Head
from solmu.web.models import Submission
print(json.dumps([Head.objects.get().sequence, Entry.objects.count(), Submission.objects.count()]))
"""
ACCOUNT = """
from solmu.accounts.models import Account
account = Account(email="aino@example.org", name="Aino Salmi")
account.set_unusable_password()
account.save()
print("1")
"""


def test_eight_writers_lose_nothing_and_meet_no_lock(installation):
    installation.script(ACCOUNT)
    start = "import django, json, sys; django.setup()\n"
    environment = {"DJANGO_SETTINGS_MODULE": "solmu.config.settings", **installation.environment}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", start + WRITE, str(EACH)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _process in range(WRITERS // 2)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert said == ["[]"] * len(processes)
    written = WRITERS * EACH
    assert installation.script(COUNT) == [written, written, written]
    assert f"{written} entries" in installation.solmu("verify-log").stdout
