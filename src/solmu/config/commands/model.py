"""Checks, installs and lists operating models.

solmu model check operating-models/NAME/VERSION    what is wrong in a package, and do its own families get it right
solmu model install operating-models/NAME/VERSION  for every organisation to take into use; never changes afterwards
solmu model list"""

from pathlib import Path

from solmu.config.console import FAULT, OK, Stopped, lines, say, start_django, tell


def add_arguments(parser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    for name, summary in (("check", "check a package folder"), ("install", "install a package folder")):
        deed = deeds.add_parser(name, help=summary)
        deed.add_argument("folder", type=Path)
    deeds.add_parser("list", help="list the installed versions")


def run(options) -> int:
    if options.deed != "list" and not options.folder.is_dir():
        raise Stopped(f"There is no folder {options.folder}.")
    start_django()
    return {"check": _check, "install": _install, "list": _list}[options.deed](options)


def _check(options) -> int:
    from solmu.casework.facts import CATALOGUE
    from solmu.operating_models.package import try_package

    problems = try_package(options.folder, CATALOGUE)
    if problems:
        tell(lines(problems))
        return FAULT
    say("The package is whole, and its own families get the verdicts that it expects.")
    return OK


def _install(options) -> int:
    from solmu.access.actor import system
    from solmu.casework.facts import CATALOGUE
    from solmu.directory.actions import make_contact_points
    from solmu.kernel import clock
    from solmu.operating_models.actions import install_package
    from solmu.operating_models.package import PackageRefused, load_package

    try:
        actor = system(clock.now())
        installed = install_package(actor, load_package(options.folder, CATALOGUE))
        make_contact_points(actor, model=installed)
    except PackageRefused as refused:
        tell(lines(refused.problems))
        return FAULT
    say(f"{installed.slug} {installed.model_version} is installed ({installed.content_hash[:12]}).")
    return OK


def _list(_options) -> int:
    from solmu.operating_models.models import InstalledModel

    for slug, version, digest in InstalledModel.objects.order_by("slug", "model_version").values_list(
        "slug", "model_version", "content_hash"
    ):
        say(f"{slug}\t{version}\t{digest[:12]}")
    return OK
