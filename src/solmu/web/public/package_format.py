"""The format of a package as this installation reads it: schemas for programs, and their reference for people."""

from functools import cache
from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter, reverse
from django.urls.converters import StringConverter
from django.utils.safestring import SafeString
from django.views.decorators.http import condition, require_safe

from solmu.operating_models.schema import NAMES, schema_text
from solmu.operating_models.schema.reference import INTRODUCTION, sections
from solmu.web.ui.markdown import render_guide

_AN_HOUR = "public, max-age=3600"


class Part(StringConverter):
    """The name of a part; any other name may be a version of a model that is called `format`."""

    regex = "|".join(NAMES)


register_converter(Part, "part")


def package_format(request):
    """What a package is, and every kind of file in it."""
    parts = [{**each, "summary": _told(each["it"].summary)} for each in _places()]
    context = {"introduction": _told(INTRODUCTION), "parts": parts}
    return render(request, "public/package_format.html", context)


def part(request, part):
    """What one kind of file holds, field by field."""
    found = next(each for each in sections() if each.name == part)
    context = {
        "part": found,
        "html": _told(found.text),
        "definitions": [(each.name, _told(each.text)) for each in found.definitions],
        "parts": _places(),
        "schema": reverse("public:library_schema", args=[part]),
    }
    return render(request, "public/package_format_part.html", context)


def _places() -> list[dict]:
    return [{"it": each, "url": reverse("public:library_format_part", args=[each.name])} for each in sections()]


@cache
def _told(text: str) -> SafeString:
    """A text of the reference; what it says of a shared definition leads there."""
    known = {f"#{one.name}": section.name for section in sections() for one in section.definitions}

    def place(wanted: str) -> str | None:
        return reverse("public:library_format_part", args=[known[wanted]]) + wanted if wanted in known else None

    return render_guide(text, address=place)


@cache
def _etag(part: str) -> str:
    return f'"{sha256(schema_text(part).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=lambda _request, part: _etag(part))
def schema(request, part):
    """The schema of one kind of file, to be read by any program, also by a page of another site."""
    headers = {"Cache-Control": _AN_HOUR, "Access-Control-Allow-Origin": "*", "Content-Language": "en"}
    return HttpResponse(schema_text(part), "application/schema+json", headers=headers)


urls = [
    path("package-format/", package_format, name="library_format"),
    path("package-format/<part:part>/", part, name="library_format_part"),
    path("package-format/<part:part>.json", schema, name="library_schema"),
]
