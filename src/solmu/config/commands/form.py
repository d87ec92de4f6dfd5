"""Checks, imports and lists forms: FHIR Questionnaires (JSON) and XLSForm sheets (xlsx).

  solmu form check FILE [--json]     what would be taken, changed and left out; keeps nothing
  solmu form import FILE [--json]    keeps the form, unpublished; with --owner and --licence published at once
  solmu form list [--json]

An imported form is every organisation's; with --organisation it is that organisation's own, and its coordinator looks
at it and publishes it in the browser. A file that is refused changes nothing."""

import json
from pathlib import Path

from solmu.config.console import OK, USAGE, Stopped, say, start_django


def add_arguments(parser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    for name, summary in (("check", "tell what would become of a form"), ("import", "keep a form")):
        deed = deeds.add_parser(name, help=summary)
        deed.add_argument("file", type=Path)
        deed.add_argument("--json", action="store_true", help="the report as JSON")
        if name == "import":
            deed.add_argument("--organisation", help="whose form it is; without it, every organisation's")
            deed.add_argument("--title", help="the form's name in lists; without it, the form's own")
            deed.add_argument("--owner", help="who owns the form")
            deed.add_argument("--licence", help="what lets it be used")
            deed.add_argument("--source", default="", help="where it was got")
    listed = deeds.add_parser("list", help="list the forms that are kept")
    listed.add_argument("--json", action="store_true", help="the list as JSON")


def run(options) -> int:
    if options.deed == "import" and bool(options.owner) != bool(options.licence):
        raise Stopped("Give both --owner and --licence, or neither: a form is published only with both.", USAGE)
    if options.deed != "list" and not options.file.is_file():
        raise Stopped(f"There is no file {options.file}.")
    start_django()
    from django.utils import translation

    with translation.override("en"):
        return {"check": _check, "import": _import, "list": _list}[options.deed](options)


def _read(path: Path):
    from solmu.instruments.questionnaire import limits
    from solmu.interop.forms import read_form_file

    with path.open("rb") as file:
        return read_form_file(file.read(limits.BYTES + 1))


def _check(options) -> int:
    _tell(_read(options.file).taken.report, options, {})
    return OK


def _import(options) -> int:
    from django.db import transaction

    from solmu.access.actor import system
    from solmu.instruments.actions import add_form, publish_form
    from solmu.kernel import clock

    found, actor = _read(options.file), system(clock.now())
    organisation_id = _organisation(options.organisation) if options.organisation else None
    with transaction.atomic():
        told = {"taken": found.taken, "origin": found.origin, "source": options.source}
        form = add_form(actor, **told, organisation_id=organisation_id)
        if options.owner:
            said = {"owner": options.owner, "licence": options.licence, "source": options.source or form.source}
            title = options.title or form.title
            form = publish_form(actor, form_id=form.id, version=form.version, title=title, **said)
    kept = {"id": str(form.id), "title": form.title, "state": form.state, "content_hash": form.content_hash}
    _tell(found.taken.report, options, kept)
    return OK


def _organisation(name: str):
    from solmu.organisations.models import Organisation

    found = Organisation.objects.filter(name=name).first()
    if found is None:
        raise Stopped(f"There is no organisation called {name}. `solmu account list` shows them.")
    return found.id


def _tell(report, options, kept: dict) -> None:
    from solmu.instruments.wording import OUTCOMES, line_words

    if options.json:
        lines = [line.as_json() | {"words": line_words(line)} for line in report]
        say(json.dumps({**({"form": kept} if kept else {}), "report": lines}, ensure_ascii=False, indent=2))
        return
    for line in report:
        say(f"{line.place or 'the whole form'}\t{OUTCOMES[line.outcome]}\t{line_words(line)}")
    if kept:
        say(f"{kept['title']}: {kept['state']} ({kept['content_hash'][:12]}).")


def _list(options) -> int:
    from solmu.access.actor import system
    from solmu.instruments.queries import forms
    from solmu.kernel import clock

    rows = forms(system(clock.now()))
    if options.json:
        told = [
            {"id": str(row.id), "title": row.title, "owner": row.owner, "licence": row.licence, "state": row.state}
            | {"content_hash": row.content_hash}
            for row in rows
        ]
        say(json.dumps(told, ensure_ascii=False, indent=2))
        return OK
    for row in rows:
        say(f"{row.title}\t{row.owner}\t{row.state}\t{row.content_hash[:12]}")
    return OK
