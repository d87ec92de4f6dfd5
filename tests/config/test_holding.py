"""Who has the installation in use: many servers together, or one restore alone, until the process is gone."""

import gc
import os
import subprocess
import sys

from solmu.config.serving import hold

HOLD = "import sys; from solmu.config.serving import hold; print(hold(), hold(alone=True))"


def another_process(folder) -> tuple[str, str]:
    """What a process of its own is answered, together and alone, and what it complains of."""
    env = os.environ | {"SOLMU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "solmu.config.settings"}
    command = [sys.executable, "-W", "always::ResourceWarning", "-c", HOLD]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip(), done.stderr


def test_nobody_has_it_alone_while_another_uses_it(settings, tmp_path):
    settings.SOLMU_DATA = tmp_path
    assert hold()
    gc.collect()
    assert another_process(tmp_path) == ("True False", "")
    assert not hold(alone=True)


def test_a_process_that_is_gone_holds_nothing_and_goes_without_a_word(settings, tmp_path):
    settings.SOLMU_DATA = tmp_path
    told, complaint = another_process(tmp_path)
    assert (told, complaint) == ("True False", "")
    assert hold(alone=True)
    assert not hold()
