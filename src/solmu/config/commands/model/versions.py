"""The installed versions, and the differences between two."""

import json

from solmu.config.commands.model.packages import faulty, packaged
from solmu.config.console import OK, say


def list_versions(_options) -> int:
    """Name, version, hash; whose an organisation's own version is, and who brought a package in through the pages."""
    from solmu.operating_models.models import InstalledModel
    from solmu.organisations.models import Organisation

    names = dict(Organisation.objects.values_list("id", "name"))
    models = InstalledModel.objects.defer("content", "overlay").order_by("slug", "model_version")
    for model in models:
        own = f"\t{names.get(model.organisation_id)}{', shared' if model.shared_at else ''}" if model.base_id else ""
        own += f"\tbrought in by {names.get(model.brought_by)}" if model.brought_by else ""
        say(f"{model.slug}\t{model.model_version}\t{model.content_hash[:12]}{own}")
    return OK


def diff(options) -> int:
    """Part by part, thing by thing."""
    from solmu.casework.facts import CATALOGUE
    from solmu.operating_models.compare.words import as_data, tell as told
    from solmu.operating_models.package import PackageRefused

    try:
        then, now = packaged(options.then).document, packaged(options.now).document
    except PackageRefused as refused:
        return faulty(refused.problems)
    if options.json:
        say(json.dumps(as_data(then, now), ensure_ascii=False, indent=1))
        return OK
    say_changes(told(then, now, options.language, CATALOGUE))
    return OK


def say_changes(parts) -> None:
    """The differences in words, indented by part."""
    if not parts:
        say("They say the same.")
    for part in parts:
        say(f"{part.label}: {part.counts}")
        for each in part.told:
            say(f"  {each.kind_label}: {each.title} [{each.id}]")
            for row in each.rows if each.kind == "changed" else ():
                say(f"    {row.label + ': ' if row.label else ''}{_short(row.then)} → {_short(row.now)}")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:97]}…" if len(plain) > 100 else plain or "–"
