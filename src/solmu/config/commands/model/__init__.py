"""Checks, tries, packs, installs, compares, adapts and upgrades operating models.

  solmu model check operating-models/NAME/VERSION     what is wrong in a package
  solmu model test operating-models/NAME/VERSION      whether its families and its course do what its authors say
  solmu model pack operating-models/NAME/VERSION      the package as one file
  solmu model install NAME-VERSION.zip                for every organisation to take into use; never changes afterwards
  solmu model list
  solmu model diff NAME/1 NAME/2                      what is different, in words or as data
  solmu model adapt NAME/1 overlay.yaml --organisation "Rantasäätiö"
  solmu model upgrade NAME --to 2 --dry-run

A package is a folder, a file that `pack` made, or an installed version as NAME/VERSION."""

from pathlib import Path

from solmu.config.commands.model import adapting, exporting, packages, upgrading, versions
from solmu.config.console import start_django

_PACKAGE = "a folder, a package file, or an installed version as NAME/VERSION"


def add_arguments(parser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    for name, summary in (
        ("check", "say what is wrong in a package, with file, line and field"),
        ("test", "try the package's invented families and walk its course, a line each"),
        ("install", "install a package for every organisation"),
    ):
        deed = deeds.add_parser(name, help=summary)
        deed.add_argument("package", help="a folder or a package file")
    pack = deeds.add_parser("pack", help="write a package as one file")
    pack.add_argument("package", help=_PACKAGE)
    pack.add_argument("-o", "--output", type=Path, help="the file (NAME-VERSION.zip here)")
    deeds.add_parser("list", help="list the installed versions, and what each stands on")
    diff = deeds.add_parser("diff", help="tell what is different between two versions")
    diff.add_argument("then", help=_PACKAGE)
    diff.add_argument("now", help=_PACKAGE)
    diff.add_argument("--json", action="store_true", help="as data: raw values by part and id")
    diff.add_argument("--language", choices=("fi", "sv", "en"), default="en", help="of the package's own words (en)")
    exporting.add_export(deeds)
    _add_adapt(deeds)
    _add_upgrade(deeds)


def _add_adapt(deeds) -> None:
    adapt = deeds.add_parser("adapt", help="make an organisation's own version of an installed one")
    adapt.add_argument("base", metavar="NAME/VERSION", help="the installed version that it stands on")
    adapt.add_argument("overlay", help="an overlay file, or NAME/VERSION of an own version whose changes come along")
    adapt.add_argument("--organisation", required=True, help="whose version it is")
    adapt.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="PLACE=own|base",
        help="which words stay where both changed; may be given many times",
    )
    adapt.add_argument("--dry-run", action="store_true", help="only tell what it would change")


def _add_upgrade(deeds) -> None:
    upgrade = deeds.add_parser("upgrade", help="move work under way to another version, after telling what changes")
    upgrade.add_argument("slug", metavar="NAME")
    upgrade.add_argument("--to", required=True, metavar="VERSION", help="the version to move to")
    upgrade.add_argument("--organisation", help="whose work (every organisation's)")
    how = upgrade.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="list, engagement by engagement, what would change")
    how.add_argument("--apply", action="store_true", help="move, each engagement by itself")
    upgrade.add_argument("--reason", default="", help="why, for those who work with the families (needed to move)")
    upgrade.add_argument(
        "--phase",
        action="append",
        default=[],
        metavar="THEN=NOW",
        help="where work goes on whose phase is not in the other version; may be given many times",
    )


def run(options) -> int:
    deeds = {
        "check": packages.check,
        "test": packages.test,
        "pack": packages.pack,
        "install": packages.install,
        "list": versions.list_versions,
        "diff": versions.diff,
        "export": exporting.export,
        "adapt": adapting.adapt,
        "upgrade": upgrading.upgrade,
    }
    start_django()
    from django.utils import translation

    with translation.override("en"):
        return deeds[options.deed](options)
