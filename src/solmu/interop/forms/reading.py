"""Reads a file that holds a form, whatever it says it is. The file is untrusted, and only what it holds decides."""

from dataclasses import dataclass

from solmu.instruments.models import Form
from solmu.instruments.questionnaire import FormRefused, Taken, limits, take
from solmu.instruments.wording import NotAForm
from solmu.interop.forms.fhir import as_r4
from solmu.interop.forms.sheets import guard
from solmu.interop.forms.xlsform import as_questionnaire

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class FormFile:
    """What a file held."""

    origin: str
    taken: Taken


def read_form_file(raw: bytes) -> FormFile:
    """The form in a file; raises NotAForm with the place of the fault, and nothing has been changed."""
    try:
        return _read(raw)
    except FormRefused as refused:
        raise NotAForm(refused.code, refused.place, refused.about) from None


def _read(raw: bytes) -> FormFile:
    if len(raw) > limits.BYTES:
        raise FormRefused("size")
    if raw.startswith(_OLD_EXCEL):
        raise FormRefused("too_new")
    if raw.startswith(_ZIP):
        guard(raw)
        return FormFile(Form.Origin.XLSFORM, take(*as_questionnaire(raw)))
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        return FormFile(Form.Origin.FHIR, take(*as_r4(raw)))
    raise FormRefused("kind")
