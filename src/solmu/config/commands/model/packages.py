"""A package in a folder or a file: is it whole, does it do what its authors say, and onto the shelf with it."""

from pathlib import Path

from solmu.config.console import FAULT, OK, Stopped, lines, say, tell


def drafted(named: str):
    """The draft of a folder or a package file, with all its faults."""
    from solmu.casework.facts import CATALOGUE
    from solmu.operating_models.package.archive import open_archive
    from solmu.operating_models.package.checking import check_files, read_draft

    path = Path(named)
    if path.is_dir():
        return read_draft(path, CATALOGUE)
    if not path.is_file():
        raise Stopped(f"There is no folder or file {named}.")
    opened = open_archive(path.read_bytes())
    return check_files(Path(opened.slug) / opened.version, dict(opened.files), CATALOGUE)


def faulty(problems) -> int:
    """Tells all that is wrong; the exit code of a fault."""
    tell(lines(problems))
    tell(f"{len(problems)} {'fault' if len(problems) == 1 else 'faults'}.")
    return FAULT


def check(options) -> int:
    """Names that do not exist, shapes, references."""
    from solmu.instruments.packages import form_faults
    from solmu.operating_models.package import PackageRefused

    try:
        draft = drafted(options.package)
        problems = draft.problems or form_faults(
            {name: form.content for name, form in draft.under("forms", ".json").items()}
        )
    except PackageRefused as refused:
        problems = refused.problems
    if problems:
        return faulty(problems)
    say("The package is whole. Next: solmu model test")
    return OK


def test(options) -> int:
    """A line for each invented family and each way through the process."""
    from solmu.operating_models.package import PackageRefused
    from solmu.operating_models.package.trying import try_draft

    try:
        draft = drafted(options.package)
    except PackageRefused as refused:
        return faulty(refused.problems)
    if draft.problems:
        return faulty(draft.problems)
    problems = []
    for each in try_draft(draft):
        say(f"{'FAULT' if each.problems else 'ok':6} {each.what}: {each.said}")
        problems += each.problems
    if problems:
        return faulty(problems)
    return OK


def pack(options) -> int:
    """The package as one file: the same bytes for the same package."""
    from solmu.operating_models.package import PackageRefused, pack as packed

    try:
        package = packaged(options.package)
        problems = _not_of_use(package)
    except PackageRefused as refused:
        problems = refused.problems
    if problems:
        return faulty(problems)
    target = options.output or Path(f"{package.slug}-{package.version}.zip")
    target.write_bytes(packed(package.slug, package.version, _files(package)))
    say(f"{target} ({package.content_hash[:12]})")
    return OK


def _not_of_use(package) -> list:
    """What a whole package would not do: judge its invented families as it says, and show its forms."""
    from solmu.instruments.packages import form_faults
    from solmu.operating_models.package import run_families

    return list(run_families(package, _catalogue())) or form_faults(package.questionnaires)


def _files(package):
    from solmu.operating_models.package.writing import files_of

    return package.files if package.files is not None else files_of(package.document)


def _catalogue():
    from solmu.casework.facts import CATALOGUE

    return CATALOGUE


def packaged(named: str):
    """The package of a folder, of a package file, or of an installed version; raises PackageRefused."""
    from solmu.operating_models.package import PackageRefused, load_archive
    from solmu.operating_models.package.checking import document_of
    from solmu.operating_models.package.loaded import Package
    from solmu.operating_models.queries import package_of

    if Path(named).exists():
        draft = drafted(named)
        if draft.problems:
            raise PackageRefused(draft.problems)
        return Package.from_json(document_of(draft), draft.files)
    model = installed_version(named)
    kept = getattr(model, "file", None)
    return load_archive(bytes(kept.data), _catalogue()) if kept else package_of(model)


def installed_version(named: str):
    """An installed version by NAME/VERSION."""
    from solmu.operating_models.models import InstalledModel

    slug, _slash, version = named.rstrip("/").rpartition("/")
    found = InstalledModel.objects.filter(slug=slug, model_version=version).defer("content").first()
    if found is None:
        raise Stopped(f"There is no folder, file or installed version {named}. See: solmu model list")
    return found


def install(options) -> int:
    """Onto the shelf, with the contact points that it leads to."""
    from django.db import transaction

    from solmu.access.actor import system
    from solmu.directory.actions import make_contact_points
    from solmu.kernel import clock
    from solmu.operating_models.actions import install_package
    from solmu.operating_models.package import PackageRefused

    try:
        if not Path(options.package).exists():
            raise Stopped(f"There is no folder or file {options.package}.")
        package = packaged(options.package)
        if problems := _not_of_use(package):
            return faulty(problems)
        actor = system(clock.now())
        with transaction.atomic():
            installed = install_package(actor, package)
            make_contact_points(actor, model=installed)
    except PackageRefused as refused:
        return faulty(refused.problems)
    say(f"{installed.slug} {installed.model_version} is installed ({installed.content_hash[:12]}).")
    return OK
