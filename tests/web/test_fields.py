"""Every field looks the same, also where its form is another package's."""

import pytest
from django import forms

from solmu.web.templatetags.ui import drawn
from solmu.web.ui.forms import Form, OneOf, OwnWords


class _Own(Form):
    words = forms.CharField(widget=OwnWords)
    choice = forms.ChoiceField(choices=[("a", "A")], widget=OneOf)


class _Foreign(forms.Form):
    code = forms.CharField()
    day = forms.DateField()


def classes(field) -> str:
    return field.field.widget.attrs.get("class", "")


def test_own_words_keep_their_voice_beside_the_common_look():
    assert classes(_Own()["words"]) == "input input-own"
    assert classes(_Own()["choice"]) == ""


@pytest.mark.parametrize("name", ["code", "day"])
def test_a_foreign_form_gets_the_look_once(name):
    field = _Foreign()[name]
    assert classes(drawn(drawn(field))) == "input"


def test_signing_in_looks_like_the_rest(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert page.count('class="input"') == 2
    assert "placeholder" not in page
