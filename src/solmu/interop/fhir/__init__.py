"""FHIR R4 (4.0.1): a version of an operating model as definitions that other systems read."""

from solmu.interop.fhir.bundle import model_bundle

__all__ = ["model_bundle"]
