"""Forms that a family answers: FHIR R4 Questionnaires, their answers by version, and never a score."""
