"""Which words does somebody search by, and which words answer?

A word that is searched for is cut to its stem, and a stem answers to every word that begins with it: `perheille` finds
perhe, perheen and perhetyö. A longer stem answers inside a word too, because Finnish and Swedish write words together:
`ryhmä` finds vertaisryhmä. Endings are cut by a list, not by grammar: a stem that is too short finds too much.
"""

import re

SHORTEST_STEM, INNER_STEM, LONG_STEM = 4, 5, 8
_GRADATION = 2  # the letters at the end of a long stem that other forms may change: neuvonta, neuvonnan
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[0-9]+")
# Cases and plurals of Finnish, plurals and definite forms of Swedish and English; the longest that leaves a stem goes.
_LISTED = """
    illansa illaan iltansa issansa istansa ineen
    eissa eissä eista eistä eille eilla eillä eilta eiltä eiden eihin issa issä ista istä ille illa illä ilta iltä
    udessa ydessä udesta ydestä udella ydellä udelta ydeltä udelle ydelle uden yden uutta yyttä uteen yteen
    iden iksi ihin ssa ssä sta stä lle lla llä lta ltä ksi den ten ien jen iin een tta ttä arna erna orna arnas ing
    ja jä ia iä in en ta tä it et at ät an än er ar or na ed es s t n a ä i e o u y ö
"""
_ENDINGS = sorted(_LISTED.split(), key=len, reverse=True)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, each once, in order."""
    return list(dict.fromkeys(_WORD.findall(text.casefold())))


def stem(word: str) -> str:
    """The beginning that a word shares with its other forms; a short word is its own."""
    if word.isdecimal():
        return word
    endings = (each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= SHORTEST_STEM)
    cut = word.removesuffix(next(endings, ""))
    return cut[:-_GRADATION] if len(cut) >= LONG_STEM else cut


def stems_of(text: str) -> list[str]:
    """What is looked for when somebody types this: the first few words, each cut to its stem."""
    return [stem(word) for word in words_of(text)[:MOST_WORDS]]


def place_of(stem: str) -> str:
    """How a stem is looked for among words that each stand after a blank: a short one at a word's beginning only."""
    return stem if len(stem) >= INNER_STEM else f" {stem}"


def order_of(version: str) -> str:
    """A version's name written so that text sorts it as numbers: 9 before 10."""
    return _NUMBER.sub(lambda number: number[0].zfill(10), version)
