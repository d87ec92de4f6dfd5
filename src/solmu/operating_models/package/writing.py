"""How does a package's document become files again, such as an author would have written?"""

import json
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext as _

from solmu.operating_models.package.problems import PackageRefused, Problem

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Plain(_DUMPER):
    """Writes every value out: the reader takes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never an alias."""
        return True


def files_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a document: reading them gives the same document, but for its hash."""
    files = {f"{name}.yaml": _yaml(document[name]) for name in ("model", "entry", "process", "measures")}
    if document["orientation"] != {"modules": []}:
        files["orientation.yaml"] = _yaml(document["orientation"])
    for language, texts in document["texts"].items():
        files[f"texts/{language}.yaml"] = _yaml(_nested(language, texts))
    for language, pages in document["guide"].items():
        files |= {f"guide/{language}/{page}.md": text.encode() for page, text in pages.items()}
    for name, form in document["form_links"].items():
        files[f"forms/{name}.yaml"] = _yaml(form)
    for name, form in document["questionnaires"].items():
        files[f"forms/{name}.json"] = (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode()
    for family in document["families"]:
        files[f"families/{family['id']}.yaml"] = _yaml(family)
    return files


def _yaml(value: Any) -> bytes:
    return yaml.dump(
        value, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=False, width=120
    ).encode()


def _nested(language: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Texts below each other by the parts of their keys."""
    whole: dict[str, Any] = {}
    for key, text in texts.items():
        *above, last = key.split(".")
        holder = whole
        for part in above:
            holder = holder.setdefault(part, {}) if isinstance(holder, dict) else holder
        if not isinstance(holder, dict) or last in holder:
            what = _("The key is within another.")
            mend = _("Give it a key that stands beside the others, not within one.")
            raise PackageRefused([Problem(f"texts/{language}.yaml", None, key, what, mend)])
        holder[last] = text
    return whole
