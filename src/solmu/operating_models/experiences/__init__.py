"""Experiences of a version: workers' own and families' words, published by a coordinator of the same organisation."""

from solmu.operating_models.experiences.reading import (
    A_PAGE,
    ExperienceRow,
    Told,
    count_to_decide,
    decided,
    own_experiences,
    public_experiences,
    to_decide,
)
from solmu.operating_models.experiences.writing import (
    LONGEST,
    decide_experience,
    take_back_experience,
    write_experience,
    write_family_experience,
)

__all__ = [
    "A_PAGE",
    "LONGEST",
    "ExperienceRow",
    "Told",
    "count_to_decide",
    "decide_experience",
    "decided",
    "own_experiences",
    "public_experiences",
    "take_back_experience",
    "to_decide",
    "write_experience",
    "write_family_experience",
]
