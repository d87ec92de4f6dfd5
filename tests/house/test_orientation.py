"""Nobody proposes a model past its orientation by forgetting to ask for it."""

from tests.house import SOURCE, files, place

BELOW = {"casework", "learning"}  # where proposing is defined, and where orientation is asked before it


def test_only_the_learning_room_proposes_without_asking():
    past = []
    for path in files(".py"):
        text = path.read_text()
        if path.relative_to(SOURCE).parts[0] not in BELOW and "propose_model" in text:
            past.append(place(path, text, text.index("propose_model")))
    assert not past, "\n".join(past)
