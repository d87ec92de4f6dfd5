"""What differs between two wordings is marked word by word, and nothing in them is code."""

from solmu.web.ui.wordings import marked


def test_the_words_that_differ_are_marked():
    then, now = marked("Pidä kuusi tapaamista perheen kotona.", "Pidä seitsemän tapaamista perheen kotona.")
    assert then == "Pidä <del>kuusi</del> tapaamista perheen kotona."
    assert now == "Pidä <ins>seitsemän</ins> tapaamista perheen kotona."


def test_words_that_were_only_added_leave_the_other_side_bare():
    assert marked("a b c", "a b c d e") == ("a b c", "a b c <ins>d e</ins>")


def test_two_wordings_that_share_little_are_not_marked():
    assert marked("Perhe haluaa tukea.", "Aivan toinen lause tässä.") == (
        "Perhe haluaa tukea.",
        "Aivan toinen lause tässä.",
    )


def test_what_is_written_is_never_code():
    then, now = marked("a <b>x</b> & c d e", "a <script>x</script> & c d e")
    assert "<b>" not in then and "&lt;b&gt;" in then and "<script" not in now and "&amp;" in now


def test_lines_stay_lines():
    assert marked("yksi\nkaksi", "yksi\nkolme") == ("yksi<br><del>kaksi</del>", "yksi<br><ins>kolme</ins>")
