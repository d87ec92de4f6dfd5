"""Whatever stands in a guide, its page holds text, lists and tables, and leads to https or to the guide itself."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from solmu.web.ui.markdown import render_guide, render_piece, title_of, without_title

ALLOWED = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
ALLOWED |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"scope"}}

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)">words</p>',
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>body { background: url(https://evil.example) }</style>",
    '<p style="position:fixed;inset:0">cover</p>',
    "<link rel=stylesheet href=https://evil.example/x.css>",
    '<iframe src="https://evil.example"></iframe>',
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<form action=https://evil.example><input name=q></form>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=></object>",
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](java\nscript:alert(1))",
    "[press](&#106;avascript:alert(1))",
    "[press](&#x6A;&#x61;vascript&colon;alert(1))",
    "[press](javascript&#58;alert(1))",
    "[press](\x01javascript:alert(1))",
    "[press](vbscript:msgbox(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "[press](data:image/svg+xml;base64,PHN2Zz4=)",
    "[press](file:///etc/passwd)",
    "[press](//evil.example/x)",
    "[press](/accounts/logout/)",
    "[press](../../../steward/log)",
    "[press](https:evil.example)",
    "[press](https://user:word@evil.example/)",
    "[press](https://evil.example\\@good.example/)",
    "[press](http://evil.example)",
    "[press](<https://evil.example onclick=alert(1)>)",
    '[press](https://good.example "x\\" onmouseover=alert(1) y=\\"")',
    "[press][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,hello>",
    '<https://good.example/"onclick=alert(1)>',
    "![picture](https://evil.example/pixel.png)",
    "![picture](javascript:alert(1))",
    "![![inner](https://evil.example/a.png)](https://evil.example/b.png)",
    "[![picture](https://evil.example/pixel.png)](https://good.example)",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
    "| a |\n|:-:|\n| b |",
    "# <img src=x onerror=alert(1)>",
    "> <script>alert(1)</script>",
    "- <svg/onload=alert(1)>",
    "\0<script>alert(1)</script>",
    "\u202ejavascript\u202c: [x](javascript:alert(1))",
    "<a href='https://good.example' onclick='alert(1)'>x</a>",
]
LONG = [
    "[" * 50_000,
    "(" * 50_000 + ")" * 50_000,
    "*" * 50_000,
    "_a " * 30_000,
    "`" * 50_000,
    "> " * 20_000 + "deep",
    "".join("  " * depth + "- x\n" for depth in range(400)),
    "![" * 20_000,
    "[a](" * 20_000,
    "<" * 50_000,
    "a" * 300_000,
    "|" * 20_000 + "\n" + "|-" * 20_000,
]


class _Read(HTMLParser):
    """Everything that a browser would make of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.depth = self.deepest = 0

    def handle_starttag(self, tag, attrs):
        self.depth += tag not in {"br", "hr"}
        self.deepest = max(self.depth, self.deepest)
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, ()):
                self.faults.append(f"{tag} {name}")
            if name == "href":
                self.links.append(value)

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_comment(self, data):
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl):
        self.faults.append(f"declaration {decl}")


def read(html: str) -> _Read:
    page = _Read()
    page.feed(html)
    page.close()
    return page


def check(text: str) -> _Read:
    html = render_guide(text, address={"toinen": "/guide/toinen/"}.get)
    page = read(html)
    assert not page.faults, html
    for link in page.links:
        assert link == "/guide/toinen/" or re.match(r"https://[^\s/@\\]+", link), link
    return page


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_does_nothing(attack):
    check(attack)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["> {}", "- {}", "**{}**", "[{}](https://good.example)", "# {}", "| {} |\n|---|"])
def test_nor_does_it_inside_something_else(attack, around):
    check(around.format(attack))


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:8].strip())
def test_a_monstrous_page_is_read_at_once_and_stays_shallow(text):
    began = time.perf_counter()
    page = check(text)
    assert time.perf_counter() - began < 5
    assert page.deepest <= 40


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#|&;:/\\ \nabjsx=-1."), max_size=200))
def test_no_text_whatever_makes_a_page_do_harm(text):
    check(text)


def test_links_lead_to_https_and_to_the_guides_own_pages():
    told = "[thl](https://thl.example/a?b=1&c=2) [toinen](toinen.md) [sama](./toinen) [kolmas](kolmas.md)"
    html = render_guide(told, address={"toinen": "/guide/toinen/"}.get)
    assert 'href="https://thl.example/a?b=1&amp;c=2" rel="noopener noreferrer"' in html
    assert html.count('href="/guide/toinen/"') == 2
    assert "kolmas" in html
    assert len(read(html).links) == 3


def test_words_lists_and_tables_stay():
    html = render_guide(
        "# Otsikko\n\n## Ala\n\n**vahva** *korostus*\n\n1. yksi\n2. kaksi\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert "<h2>Otsikko</h2>" in html
    assert "<h3>Ala</h3>" in html
    assert "<strong>vahva</strong> <em>korostus</em>" in html
    assert "<ol>" in html
    assert '<th scope="col">a</th>' in html


def test_a_picture_becomes_its_description():
    assert render_guide("![Kartta perheestä](kartta.png)").strip() == "<p>Kartta perheestä</p>"


def test_headings_begin_where_the_page_says():
    assert render_guide("## Ensin\n\n### Sitten", level=4).count("<h4>") == 1
    assert "<h6>" in render_guide("# a\n\n## b\n\n### c\n\n#### d", level=5)


def test_the_title_is_the_first_heading():
    assert title_of("# Kuuntele *ensin*\n\nSitten kysy.") == "Kuuntele ensin"
    assert title_of("Kuuntele ensin.", "kuunteleminen") == "kuunteleminen"
    assert without_title("# Kuuntele ensin\n\nSitten kysy.").strip() == "Sitten kysy."
    assert title_of("") == ""


def test_a_place_on_the_page_is_led_to_only_when_it_is_known():
    places = {"#wording": "#wording"}.get
    assert 'href="#wording"' in render_guide("[wording](#wording)", address=places)
    assert "href" not in render_guide("[else](#else)", address=places)
    assert "href" not in render_guide("[wording](#wording)")
    assert "href" not in render_guide("[wording](#wording&#x22;onclick=1)", address=places)


def test_a_quoted_piece_has_its_headings_in_bold_and_no_headings():
    said = render_piece("## Meillä\n\n- yksi\n- **kaksi**\n\n[toinen](sivu) ja [muu](https://a.example)")
    assert said.startswith("<p><strong>Meillä</strong></p>")
    assert "<li><strong>kaksi</strong></li>" in said
    assert "<h" not in said and 'href="sivu"' not in said and 'href="https://a.example"' in said


def test_a_quoted_piece_can_do_no_harm_either():
    assert not [attack for attack in ATTACKS if read(render_piece(attack)).faults]
