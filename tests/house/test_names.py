"""The code knows no operating model, municipality or programme: they are data, and anybody's may come."""

import re

from tests.house import ROOT, SOURCE, files, place

# Beginnings of words, so that Finnish endings are caught too; the demo region and the packages may say all of these.
PROGRAMMES = ["nurri", "luuri", "samalta viivalta", "yhtenäiseksi", "lapset puheeksi", "let's talk about", "rokki"]
ORGANISATIONS = ["odl", "diakonissalait", "pohde", "luvn", "pirha", "soite", "siun sote", "kainuun hyvinvointi"]
PLACES = ["oulu", "oulun", "espoo", "tampere", "vantaa", "turku", "turun ", "jyväskylä", "kuopio", "lahden", "rovaniem"]
PLACES += ["vaasa", "joensuu", "kajaani", "seinäjo", "kokkola", "pohjois-pohjanmaa", "uudenmaan", "pirkanmaa"]


def test_code_names_no_model_municipality_or_programme():
    packages = [path.name for path in (ROOT / "operating-models").glob("*") if path.is_dir()]
    words = [*PROGRAMMES, *ORGANISATIONS, *PLACES, *packages, *(name.replace("-", "_") for name in packages)]
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})", re.IGNORECASE)
    named = []
    for path in files(".py", ".html", ".css", ".js", ".json", ".yaml", ".po", ".txt", ".svg"):
        if SOURCE / "demo" in path.parents:
            continue
        text = path.read_text()
        named += [f"{place(path, text, hit.start())} {hit[0]}" for hit in pattern.finditer(text)]
    assert not named, "\n".join(named)
