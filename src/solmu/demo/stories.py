"""What the invented families tell, in their own words, and what stands around them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Knot:
    """Something that weighs: domain, words, weight at first, and what would help."""

    domain: str
    words: str
    weight: str = "tense"
    helps: str = ""


@dataclass(frozen=True)
class Bond:
    """Something that carries."""

    domain: str
    words: str


@dataclass(frozen=True)
class Story:
    """A family's situation, to be told by a family of a fitting shape."""

    words: str
    wish: str
    domains: tuple[str, ...]
    knots: tuple[Knot, ...]
    bonds: tuple[Bond, ...]
    begin: str
    shape: str = "any"  # any | refugee | young
    advice: str = ""
    promises: tuple[tuple[str, str, str], ...] = field(default=())  # who, in which role, deed


STORIES = (
    Story(
        words="Rahat loppuvat joka kuussa ennen palkkapäivää, enkä uskalla enää avata kirjeitä. Lapset kyllä huomaavat.",
        wish="Joku istuisi viereen, kun avaan kirjeet.",
        domains=("finances", "mind", "relations"),
        knots=(
            Knot("finances", "Avaamattomat laskut", "tight", "Kirjeet avataan yhdessä"),
            Knot("mind", "En nuku öisin"),
            Knot("relations", "En jaksa tavata ketään", "light"),
        ),
        bonds=(Bond("children", "Lapset viihtyvät koulussa"), Bond("relations", "Sisko soittaa joka päivä")),
        begin="Aloitetaan laskuista. Kun saan niistä rauhan, nukun.",
        promises=(
            ("Kirsi Aho", "koulukuraattori", "Tapaan lapset kerran viikossa koulupäivän aikana"),
            ("Antero Salo", "diakoni", "Käymme laskut läpi yhdessä ja teemme maksusuunnitelman"),
        ),
    ),
    Story(
        words="Poika ei ole enää lähtenyt kouluun kahteen viikkoon. Hän istuu huoneessaan eikä puhu.",
        wish="Että joku muukin kuin minä saisi hänet puhumaan.",
        domains=("children", "parenting"),
        knots=(
            Knot("children", "Poissaolot koulusta", "tight", "Kuraattori tulisi kotiin"),
            Knot("parenting", "Riitelemme ruutuajasta"),
        ),
        bonds=(Bond("relations", "Vaari ja poika kalastavat"), Bond("housing", "Koti on rauhallinen")),
        begin="Haluan, että hän syö taas kanssamme pöydän ääressä.",
        promises=(
            ("Kirsi Aho", "koulukuraattori", "Tulen kotiin tiistaina, ei puhuta heti koulusta"),
            ("Valtteri Kumpula", "valmentaja", "Haen pojan harjoituksiin kaksi kertaa viikossa"),
        ),
    ),
    Story(
        words="Muutimme eron jälkeen pieneen asuntoon. Teen iltavuoroa, ja pienin on öisin naapurissa.",
        wish="Hoitopaikka, joka on auki illalla.",
        domains=("parenting", "housing", "finances"),
        knots=(
            Knot("parenting", "Iltavuorot ilman hoitajaa", "tight", "Vuorohoitopaikka"),
            Knot("housing", "Kaksi huonetta neljälle"),
            Knot("finances", "Elatusapu on kesken", "light"),
        ),
        bonds=(Bond("relations", "Naapuri auttaa öisin"), Bond("learning", "Pidän työstäni")),
        begin="Ensin hoitopaikka. Muu järjestyy sitten.",
        promises=(
            ("Tiina Lampi", "varhaiskasvatuksen opettaja", "Selvitän vuorohoidon ja soitan torstaihin mennessä"),
            ("Antero Salo", "diakoni", "Autan elatusapuhakemuksessa"),
        ),
    ),
    Story(
        words="Mies sairastui keväällä. Teen kaiken yksin, enkä ole kertonut lapsille, mistä on kyse.",
        wish="Apua siihen, miten sairaudesta puhutaan lapsille.",
        domains=("health", "parenting", "mind"),
        knots=(
            Knot("health", "Puolison sairaus", "tight"),
            Knot("parenting", "Lapset eivät tiedä", "tense", "Lapset puheeksi -keskustelu"),
            Knot("mind", "Väsymys"),
        ),
        bonds=(Bond("children", "Tyttö piirtää paljon"), Bond("relations", "Kummi hakee lapset perjantaisin")),
        begin="Kerrotaan lapsille yhdessä.",
        promises=(("Tiina Lampi", "varhaiskasvatuksen opettaja", "Kerron, miltä lapsen päivä päiväkodissa näyttää"),),
    ),
    Story(
        words="Tulimme kesällä yhteen neljän vuoden jälkeen. Lapset puhuvat suomea keskenään, emmekä me ymmärrä.",
        wish="Että olisimme taas yksi perhe.",
        domains=("relations", "parenting", "learning"),
        knots=(
            Knot("relations", "Neljä vuotta erossa", "tense", "Rauhallista aikaa yhdessä"),
            Knot("learning", "Vanhemmat odottavat kielikurssia"),
            Knot("parenting", "Kuka kotona päättää", "light"),
        ),
        bonds=(Bond("relations", "Syömme aina yhdessä"), Bond("children", "Lapset ovat löytäneet ystäviä")),
        begin="Haluamme oppia toisemme uudelleen.",
        shape="refugee",
        promises=(
            ("Sanna Virkkula", "sosiaaliohjaaja", "Varaan saman tulkin kaikkiin tapaamisiin"),
            ("Kirsi Aho", "koulukuraattori", "Järjestän kotikielisen keskustelun koulusta"),
        ),
    ),
    Story(
        words="Isä herää öisin. Minä tulkkaan äidille lääkärissä, vaikka en haluaisi tietää kaikkea.",
        wish="Oikea tulkki, ja että isä nukkuisi.",
        domains=("health", "children", "mind"),
        knots=(
            Knot("health", "Isän yöheräilyt", "tight"),
            Knot("children", "Tytär tulkkaa vanhemmille", "tense", "Tulkki joka käynnille"),
            Knot("mind", "Huoli sukulaisista"),
        ),
        bonds=(Bond("children", "Tytär pärjää koulussa"), Bond("mind", "Usko ja rukous")),
        begin="Ensin tulkki, jotta tytär saa olla lapsi.",
        shape="refugee",
        promises=(("Sanna Virkkula", "sosiaaliohjaaja", "Tilaan tulkin jokaiselle käynnille"),),
    ),
    Story(
        words="Olen ollut ilman kurssia ja työtä vuoden. Kaverit ovat sellaisia, joista äiti ei pidä.",
        wish="Joku, joka lähtee mukaan, kun haen paikkoja.",
        domains=("learning", "relations"),
        knots=(
            Knot("learning", "Ei työtä eikä opiskelupaikkaa", "tight", "Joku lähtee mukaan"),
            Knot("relations", "Kaveriporukka vie väärään suuntaan"),
        ),
        bonds=(Bond("relations", "Äiti ei ole luovuttanut"), Bond("learning", "Osaan korjata mopoja")),
        begin="Työpaja, jossa saa tehdä käsillä.",
        shape="young",
        promises=(
            ("Esa Mustonen", "nuorisotyöntekijä", "Käymme työpajalla tutustumassa ensi viikolla"),
            ("Valtteri Kumpula", "valmentaja", "Pidän paikan varattuna tiistain salivuorolla"),
        ),
    ),
    Story(
        words="Vauva itkee kaikki illat, eikä kukaan ole kertonut, onko se tavallista. Olen täällä uusi.",
        wish="Toisia vanhempia, joiden kanssa jutella.",
        domains=("parenting", "relations", "mind"),
        knots=(
            Knot("parenting", "Itkuiset illat"),
            Knot("relations", "Ei tuttuja tässä kaupungissa", "tense", "Perhekahvila"),
        ),
        bonds=(Bond("health", "Vauva kasvaa hyvin"), Bond("relations", "Puoliso hoitaa yöt viikonloppuna")),
        begin="Lähdetään perhekahvilaan yhdessä.",
        advice="Kerroin perhekahvilan ajat ja neuvolan puhelinajan. Sovimme, että äiti soittaa uudelleen, jos illat eivät helpota.",
        promises=(("Antero Salo", "diakoni", "Tulen vastaan perhekahvilan ovelle maanantaina"),),
    ),
)

ADVICE = (
    (
        "Miten tuen perhettä, joka on juuri muuttanut eikä tunne ketään?",
        "Kerroin perhekahvilasta ja siitä, että perhe voi soittaa meille itse.",
    ),
    (
        "Oppilas on väsynyt joka aamu. Miten otan asian puheeksi kotona?",
        "Kävimme läpi, miten huolesta kerrotaan lämpimästi ja mitä vanhemmilta kannattaa kysyä.",
    ),
    (
        "Voiko perhe saada apua, jos vain toinen vanhemmista haluaa?",
        "Voi. Aloitetaan siitä, joka haluaa, ja toisella on ovi auki koko ajan.",
    ),
)
PRESENT = "koko perhe kotona"
