"""Names and shapes of invented families. A seeded chance picks them, so the same seed makes the same region."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

_NAMES = {
    "fi": (
        (
            "Rautio",
            "Kettunen",
            "Lehtola",
            "Moilanen",
            "Karjula",
            "Heikkilä",
            "Pesonen",
            "Tervo",
            "Ahonen",
            "Väisänen",
            "Juntunen",
            "Keränen",
        ),
        ("Jenni", "Sari", "Johanna", "Minna", "Katri", "Elina"),
        ("Ville", "Janne", "Tuomas", "Sami", "Antti", "Markus"),
        ("Aada", "Eevi", "Helmi", "Venla", "Sofia", "Iida"),
        ("Onni", "Eino", "Leo", "Väinö", "Niilo", "Aleksi"),
    ),
    "ar": (
        ("Haddad", "Khalil", "Darwish", "Nasser", "Mansour", "Sabbagh"),
        ("Rima", "Hala", "Nour", "Samar", "Lamia", "Huda"),
        ("Samir", "Adnan", "Bassam", "Fadi", "Khaled", "Omar"),
        ("Yara", "Lina", "Maya", "Salma", "Dana", "Rana"),
        ("Karim", "Tarek", "Yusuf", "Hadi", "Ziad", "Amir"),
    ),
    "fa_AF": (
        ("Ahmadi", "Rahimi", "Karimi", "Noori", "Sharifi", "Yousufi"),
        ("Fatima", "Zahra", "Maryam", "Shirin", "Laila", "Parwin"),
        ("Hamid", "Rashid", "Farid", "Nasir", "Jawad", "Mustafa"),
        ("Sahar", "Mina", "Roya", "Parisa", "Setara", "Nilofar"),
        ("Elyas", "Omid", "Reza", "Milad", "Navid", "Idris"),
    ),
    "so": (
        ("Abdi", "Warsame", "Farah", "Jama", "Hersi", "Guled"),
        ("Hodan", "Amina", "Sahra", "Ifrah", "Fardowsa", "Hibo"),
        ("Ahmed", "Yasin", "Mahad", "Liban", "Bashir", "Cali"),
        ("Ayaan", "Hamda", "Ikram", "Sumaya", "Nasra", "Deqa"),
        ("Zakaria", "Ismail", "Khalid", "Mahdi", "Sakariye", "Anas"),
    ),
    "uk": (
        ("Kovalenko", "Bondar", "Shevchuk", "Melnyk", "Tkach", "Lysenko"),
        ("Olena", "Iryna", "Natalia", "Oksana", "Halyna", "Svitlana"),
        ("Andrii", "Serhii", "Mykola", "Taras", "Bohdan", "Vasyl"),
        ("Daryna", "Sofiia", "Polina", "Zlata", "Mila", "Anna"),
        ("Danylo", "Maksym", "Matvii", "Nazar", "Ivan", "Yurii"),
    ),
}
_MIX = ("fi",) * 6 + ("ar", "fa_AF", "so", "uk")
_REFUGEE = ("ar", "fa_AF", "so", "uk")
_YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class PersonPlan:
    """An invented person."""

    first_names: str
    last_name: str
    place: str
    sign: str
    born: date
    guardian: bool = False
    arrived_on: date | None = None
    together_since: date | None = None
    phone: str = ""


@dataclass(frozen=True)
class FamilyPlan:
    """An invented family; the first person is the one who makes contact."""

    name: str
    language: str
    interpreter: str
    area: str
    people: tuple[PersonPlan, ...]


_AREAS = ("Keskusta", "Jokiranta", "Kivikangas", "Satamankylä", "Pohjoispuisto")


def _born(chance: random.Random, today: date, low: int, high: int) -> date:
    return today - _YEAR * chance.uniform(low, high)


def invent_family(chance: random.Random, today: date, shape: str) -> FamilyPlan:
    """A family of the shape (any, refugee, young) as of `today`."""
    language = chance.choice(_REFUGEE) if shape == "refugee" else chance.choice(_MIX)
    surnames, women, men, girls, boys = _NAMES[language]
    surname = chance.choice(surnames)
    foreign = language != "fi"
    arrived = today - timedelta(days=chance.randint(60, 900)) if foreign else None
    together = max(arrived, today - timedelta(days=chance.randint(30, 500))) if arrived else None

    def person(names, place, sign, low, high, **more) -> PersonPlan:
        born = _born(chance, today, low, high)
        came = max(arrived, born) if arrived else None  # who was born here has been here since
        since = max(together, born) if together else None
        return PersonPlan(
            chance.choice(names), surname, place, sign, born, arrived_on=came, together_since=since, **more
        )

    phone = f"050 000 {chance.randint(1000, 9999)}"  # invented; not a number in use
    children = [person(boys, "young", "man", 16.2, 17.8)] if shape == "young" else []
    for _child in range(chance.choice((1, 2, 2, 3))):
        girl = chance.random() < 0.5
        low = chance.choice((1, 5, 8, 13))
        place = "young" if low == 13 else "child"
        children.append(person(girls if girl else boys, place, "woman" if girl else "man", low, low + 3))
    least = (today - min(child.born for child in children)) / _YEAR + 20  # years of whoever is their parent
    people = [person(women, "adult", "woman", least, least + 12, guardian=True, phone=phone)]
    if chance.random() < 0.65:
        people.append(person(men, "adult", "man", least, least + 16, guardian=True))
    people += children
    names_once = {p.first_names: p for p in people}
    return FamilyPlan(
        name=f"Perhe {surname}",
        language=language,
        interpreter=chance.choice(("always", "sometimes")) if foreign else "no",
        area=chance.choice(_AREAS),
        people=tuple(names_once.values()),
    )
