"""Forms that a family answers: operating models' own and the organisation's."""

from django.urls import path

from solmu.web.desk.forms import answering, reading

_AT = "families/<uuid:family_id>/forms/"
_ONE = f"{_AT}<uuid:response_id>/"
urls = [
    path(_AT, reading.family_page, name="forms"),
    path(f"{_AT}new/<uuid:form_key>/", reading.new, name="form_new"),
    path(_ONE, reading.answered, name="form_response"),
    path(f"{_ONE}answer/", answering.answer, name="form_answer"),
    path(f"{_ONE}amend/", answering.amend, name="form_amend"),
    path(f"{_ONE}print/", reading.on_paper, name="form_print"),
    path(f"{_ONE}export/", reading.as_fhir, name="form_export"),
    path(f"{_ONE}discard/", answering.discard, name="form_discard"),
]
