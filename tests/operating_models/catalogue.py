"""The facts that the shipped packages ask for: what higher rooms provide, as far as this room's tests need it."""

from solmu.operating_models.facts import Catalogue, Fact, FactType, Scope

YES_NO, DATE, NUMBER, CHOICE = FactType.YES_NO, FactType.DATE, FactType.NUMBER, FactType.CHOICE
FAMILY, PERSON = Scope.FAMILY, Scope.PERSON


def _fact(name, type_, scope, information_class, means, read_from, choices=()):
    return Fact(name, type_, scope, information_class, choices=choices, means=means, read_from=read_from)


CATALOGUE = Catalogue(
    [
        _fact(
            "family.refugee_background",
            YES_NO,
            FAMILY,
            "situation",
            "At least one member came to the country as a refugee, or as a refugee's family.",
            "answer on the situation map",
        ),
        _fact(
            "family.latest_arrival",
            DATE,
            FAMILY,
            "situation",
            "The day on which the last of the members came to the country.",
            "latest arrival among the members' life events",
        ),
        _fact(
            "family.living_together_since",
            DATE,
            FAMILY,
            "situation",
            "Since when the members have lived together in the country.",
            "life events of the family",
        ),
        _fact(
            "family.integration_plan_being_made",
            YES_NO,
            FAMILY,
            "plan",
            "The family's integration plan is being made now.",
            "an open plan of that kind",
        ),
        _fact(
            "family.has_adolescents",
            YES_NO,
            FAMILY,
            "identity",
            "There is a member between childhood and adulthood.",
            "dates of birth",
        ),
        _fact(
            "family.needs_interpreter",
            YES_NO,
            FAMILY,
            "identity",
            "An adult or young person needs an interpreter to be understood.",
            "languages of the members",
        ),
        _fact(
            "family.wants_support",
            YES_NO,
            FAMILY,
            "casework",
            "The family has said that it wants support now.",
            "answer in the contact or in a proposal",
        ),
        _fact(
            "family.has_children",
            YES_NO,
            FAMILY,
            "identity",
            "There is a member who is under age.",
            "dates of birth",
        ),
        _fact(
            "situation.acute_crisis",
            YES_NO,
            FAMILY,
            "situation",
            "A worker judges that the family is in an acute crisis.",
            "safety check of a contact",
        ),
        _fact(
            "situation.worry_finances",
            YES_NO,
            FAMILY,
            "situation",
            "Somebody in the family worries about money.",
            "an open knot in that domain of the map, or an answer",
        ),
        _fact(
            "situation.worry_children",
            YES_NO,
            FAMILY,
            "situation",
            "Somebody worries about the children.",
            "an open knot in that domain of the map, or an answer",
        ),
        _fact(
            "situation.worry_spouse",
            YES_NO,
            FAMILY,
            "situation",
            "Somebody worries about the spouse or partner.",
            "an open knot in that domain of the map, or an answer",
        ),
        _fact(
            "situation.change_in_everyday_life",
            YES_NO,
            FAMILY,
            "situation",
            "Something has changed in everyday life: separation, illness, work, school, or another thing.",
            "life events, or an answer",
        ),
        _fact(
            "situation.difficulty_in_everyday_life",
            YES_NO,
            FAMILY,
            "situation",
            "Something in everyday life is hard, however small.",
            "any open knot on the map, or an answer",
        ),
        _fact(
            "person.birth_date",
            DATE,
            PERSON,
            "identity",
            "The day of birth.",
            "the member's basic details",
        ),
        _fact(
            "person.lives_in_area",
            YES_NO,
            PERSON,
            "identity",
            "The member lives in the area that the adopting organisation serves.",
            "the member's municipality against the adoption's area",
        ),
        _fact(
            "person.protected_criterion",
            YES_NO,
            PERSON,
            "protected",
            "A worker judges that the member meets the model's protected entry criterion; by whom and when is kept.",
            "recorded judgement; never what it rests on",
        ),
        _fact(
            "person.needs_network",
            YES_NO,
            PERSON,
            "situation",
            "The member wants help in gathering people who support.",
            "answer on the map",
        ),
        _fact(
            "person.expects_benefit",
            YES_NO,
            PERSON,
            "situation",
            "Worker and member expect that several professionals working together would help.",
            "answer on the map",
        ),
        _fact(
            "person.wants_support",
            YES_NO,
            PERSON,
            "casework",
            "The member has said that he or she wants support now.",
            "answer in the contact or in a proposal",
        ),
        _fact(
            "test.colour",
            CHOICE,
            FAMILY,
            "situation",
            "Only for tests of comparisons.",
            "nowhere",
            choices=("red", "green", "blue"),
        ),
        _fact("test.members", NUMBER, FAMILY, "identity", "Only for tests of comparisons.", "nowhere"),
        _fact("test.day", DATE, FAMILY, "identity", "Only for tests of comparisons.", "nowhere"),
        _fact("test.word", FactType.TEXT, FAMILY, "identity", "Only for tests of comparisons.", "nowhere"),
    ]
)
