"""What is deployed: an image holds nothing that a checkout keeps to itself, and both units of systemd are as closed."""

from tests.house import ROOT

CLOSED = "NoNewPrivileges="


def lines(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]


def test_what_git_ignores_and_git_itself_stay_out_of_images():
    """An image is built from the folder as it is: its data, its secret and its environment must not come along."""
    kept_out = {line.removeprefix("**/") for line in lines(".dockerignore")}
    kept = {line.strip("/") for line in lines(".gitignore")} | {".git"}
    assert kept <= kept_out


def test_the_backup_is_as_closed_as_the_server():
    units = [(ROOT / "deploy" / name).read_text() for name in ("solmu.service", "solmu-backup.service")]
    server, backup = (set(unit[unit.index(CLOSED) :].partition("\n[")[0].split("\n")) - {""} for unit in units)
    assert len(server) > 20 and server == backup
