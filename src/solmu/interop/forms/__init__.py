"""Forms from elsewhere and answers to others: FHIR Questionnaires, XLSForm sheets, QuestionnaireResponses."""

from solmu.interop.forms.reading import FormFile, read_form_file
from solmu.interop.forms.response import questionnaire_response

__all__ = ["FormFile", "questionnaire_response", "read_form_file"]
