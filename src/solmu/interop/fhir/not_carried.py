"""What of a package is not in its bundle, because R4 has no place for it or it is not for other systems.

The bundle says these words itself. A test changes the fields of the shipped packages one by one: a field whose change
does not show in the bundle stands here.
"""

NOT_CARRIED: dict[str, tuple[str, ...]] = {
    # in words: the places in the package, as shell patterns
    "the worker's guide": ("guide.*",),
    "the orientation": ("orientation.*",),
    "the words for families": ("model.family_summary", "*.family", "*.family_title", "*.family_text"),
    "the neutral name": ("model.neutral_name",),
    "how each fact is asked": ("entry.questions.*.worker",),
    "the facts behind the criteria": (
        "entry.criteria.fact",
        "entry.criteria.is",
        "entry.criteria.any.*",
        "entry.criteria.age_at_least.setting",
        "entry.*.at_least_ago.*",
        "entry.*.at_most_ago.*",
        "entry.paths.criteria.fact",
        "entry.paths.criteria.is",
        "entry.paths.criteria.any.*",
        "entry.offered_when.when.fact",
        "entry.offered_when.when.is",
    ),
    "what to do when a criterion speaks against": ("entry.criteria.then",),
    "whether it is offered to everybody": ("entry.offered_when.universal",),
    "the names of its ways in": ("entry.paths.title",),
    "contact points": ("process.contact_points.*", "*.contact_point"),
    "settings, but for their names where they are used": ("model.settings.*",),
    "how many of each role there are, when they are needed and who they may not be": (
        "process.roles.min",
        "process.roles.max",
        "process.roles.local_name",
        "process.roles.when",
        "process.roles.prefer",
        "process.roles.never",
        "process.roles.profession",
        "process.roles.says",
    ),
    "what each author did": ("model.authors.role",),
    "methods": ("process.methods.*", "process.themes.methods"),
    "permissions and what is disclosed": ("process.permissions.*",),
    "the network and the action period": ("process.network.*", "process.action_period.*"),
    "closing reasons and outcomes": ("process.closing_reasons.*", "process.outcomes.*"),
    "what may be adapted": ("process.may_adapt", "process.phases.may_adapt"),
    "the other headings of Innokylä": tuple(
        f"model.headings.{name}"
        for name in (
            "basic_info",
            "attachments",
            "idea",
            "evaluation_summary",
            "tips",
            "environment",
            "start_situation",
            "measuring_change",
            "pilot",
        )
    ),
    "below which number a figure is hidden, and with whom it is shared": (
        "measures.measures.suppress_below",
        "measures.measures.shared",
    ),
    "where the rest was read and how sure it is": (
        "model.authors.source",
        "model.authors.mark",
        "entry.offered_when.source",
        "entry.offered_when.mark",
        "process.roles.source",
        "process.roles.mark",
        "process.phases.source",
        "process.phases.mark",
        "process.phases.series.source",
        "process.phases.series.mark",
        "process.phases.steps.clock.mark",
        "form_links.*.source",
        "form_links.*.mark",
    ),
    "the number of the package's format": ("model.format",),
}
