"""An installed version in a form that others read: FHIR R4, Innokylä's headings, or the guide as a booklet."""

from pathlib import Path

from solmu.config.console import OK, Stopped, say

WAYS = ("fhir", "innokyla", "booklet")


def add_export(deeds) -> None:
    """Adds the deed to the command."""
    export = deeds.add_parser("export", help="write an installed version for other systems and for people")
    export.add_argument("slug", metavar="NAME")
    export.add_argument("version", metavar="VERSION")
    export.add_argument("file", type=Path, help="the file to write")
    export.add_argument("--as", dest="way", choices=WAYS, required=True, help="in which form")
    export.add_argument("--language", choices=("fi", "sv", "en"), default="fi", help="of the booklet (fi)")


def export(options) -> int:
    """Writes the file; an existing one is left alone."""
    from solmu.operating_models.models import InstalledModel

    model = InstalledModel.objects.filter(slug=options.slug, model_version=options.version).defer("content").first()
    if model is None:
        raise Stopped(f"{options.slug} {options.version} is not installed. See: solmu model list")
    raw = _made(model, options)
    try:
        with options.file.open("xb") as file:
            file.write(raw)
    except FileExistsError:
        raise Stopped(f"{options.file} is there already. Give another name.") from None
    except OSError as error:
        raise Stopped(f"{options.file} cannot be written: {error.strerror}.") from error
    say(str(options.file))
    return OK


def _made(model, options) -> bytes:
    from solmu.interop.innokyla import innokyla_draft
    from solmu.operating_models.queries import package_of
    from solmu.web.ui.booklet import booklet_pdf
    from solmu.web.ui.exports import fhir_text

    if options.way == "fhir":
        return fhir_text(model).encode()
    if options.way == "innokyla":
        return innokyla_draft(package_of(model)).encode()
    return booklet_pdf(model, options.language)
