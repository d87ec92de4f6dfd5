"""The invented region: its organisations, units and workers. Nobody here exists."""

from dataclasses import dataclass

from solmu.access.roles import Role

PASSWORD = "solmun-harjoitus-2026"
DOMAIN = "kuusiranta.example"


@dataclass(frozen=True)
class UnitPlan:
    """A unit to be made."""

    organisation: str
    kind: str
    name: str
    receives: bool = False
    answers_within: int | None = None
    area: str = ""


@dataclass(frozen=True)
class WorkerPlan:
    """A worker to be made; `key` begins the e-mail address."""

    key: str
    name: str
    unit: str
    role: Role
    title: str


FOUNDATION, COUNTY, TOWN, PARISH, CLUB = (
    "Rantakivi-säätiö",
    "Kuusirannan hyvinvointialue",
    "Kuusirannan kaupunki",
    "Kuusirannan seurakunta",
    "Kuusirannan Kipinä ry",
)
UNITS = {
    "counselling": UnitPlan(FOUNDATION, "ngo", "Palveluneuvonta", area="Kuusiranta"),
    "office": UnitPlan(FOUNDATION, "ngo", "Kehittäminen ja hallinto"),
    "network": UnitPlan(COUNTY, "county", "Lapsiperheiden verkosto", receives=True, answers_within=2),
    "young": UnitPlan(COUNTY, "county", "Nuorten tiimi", receives=True, answers_within=3),
    "services": UnitPlan(COUNTY, "county", "Perhepalvelut", receives=True, answers_within=5),
    "integration": UnitPlan(TOWN, "municipality", "Kotoutumisen tuki", area="Kuusiranta"),
    "school": UnitPlan(TOWN, "municipality", "Jokirannan koulu"),
    "daycare": UnitPlan(TOWN, "municipality", "Pikkukiven päiväkoti"),
    "parish": UnitPlan(PARISH, "parish", "Diakoniatyö"),
    "club": UnitPlan(CLUB, "ngo", "Jalkapallojaosto"),
}
WORKERS = (
    WorkerPlan("anni", "Anni Kemppainen", "counselling", Role.COUNSELLOR, "palveluneuvoja"),
    WorkerPlan("mikko", "Mikko Saarela", "counselling", Role.COUNSELLOR, "palveluneuvoja"),
    WorkerPlan("leena", "Leena Hiltunen", "counselling", Role.COUNSELLOR, "palveluneuvoja"),
    WorkerPlan("yusra", "Yusra Hassan", "counselling", Role.COUNSELLOR, "palveluneuvoja"),
    WorkerPlan("sanna", "Sanna Virkkula", "integration", Role.FAMILY_WORKER, "sosiaaliohjaaja"),
    WorkerPlan("petteri", "Petteri Ollila", "integration", Role.FAMILY_WORKER, "sosiaaliohjaaja"),
    WorkerPlan("ritva", "Ritva Kangas", "network", Role.RECEIVER, "palveluohjaaja"),
    WorkerPlan("jari", "Jari Pelkonen", "network", Role.RECEIVER, "sosiaalityöntekijä"),
    WorkerPlan("noora", "Noora Talvitie", "young", Role.RECEIVER, "sosiaalityöntekijä"),
    WorkerPlan("esa", "Esa Mustonen", "young", Role.RECEIVER, "nuorisotyöntekijä"),
    WorkerPlan("maria", "Maria Jokela", "services", Role.RECEIVER, "perhetyöntekijä"),
    WorkerPlan("kirsi", "Kirsi Aho", "school", Role.PARTNER, "koulukuraattori"),
    WorkerPlan("tiina", "Tiina Lampi", "daycare", Role.PARTNER, "varhaiskasvatuksen opettaja"),
    WorkerPlan("antero", "Antero Salo", "parish", Role.PARTNER, "diakoni"),
    WorkerPlan("valtteri", "Valtteri Kumpula", "club", Role.PARTNER, "valmentaja"),
    WorkerPlan("riikka", "Riikka Paananen", "integration", Role.COORDINATOR, "johtava sosiaaliohjaaja"),
    WorkerPlan("heli", "Heli Ranta", "office", Role.COORDINATOR, "kehittäjätyöntekijä"),
    WorkerPlan("olli", "Olli Tamminen", "office", Role.STEWARD, "tietosuojavastaava"),
    WorkerPlan("ulla", "Ulla Koskela", "office", Role.ADMINISTRATOR, "pääkäyttäjä"),
)


def email_of(key: str) -> str:
    """The address with which an invented worker signs in."""
    return f"{key}@{DOMAIN}"
