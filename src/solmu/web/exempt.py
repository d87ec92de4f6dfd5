"""The only pages that may answer a signed-in person without asking the gate: none shows a family's record."""

NEED_NO_GATE = frozenset(
    {
        "public:start",
        "public:about",
        "public:accessibility",
        "public:privacy",
        "public:health",
        "public:language",
        "public:theme",
        "public:unit",
        "public:library",
        "public:library_format",
        "public:library_format_part",
        "public:library_schema",
        "public:library_model",
        "public:library_version",
        "public:library_changes",
        "public:library_guide",
        "public:library_export",
        "desk:draft",  # the writer's own half-typed text
    }
)
