"""Every field looks the same, also where its form is another package's."""

import pytest
from django import forms

from solmu.web.templatetags.ui import drawn
from solmu.web.ui.forms import AnyOf, Day, Form, OneOf, OwnWords, says_optional


class _Own(Form):
    words = forms.CharField(widget=OwnWords)
    choice = forms.ChoiceField(choices=[("a", "A")], widget=OneOf)


class _Left(Form):
    """Fields that may stay empty, by whether that is told."""

    words = forms.CharField(required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], required=False, widget=AnyOf)
    language = forms.ChoiceField(choices=[("", "not known yet"), ("fi", "Finnish")], required=False)
    open_choice = forms.ChoiceField(choices=[("a", "A")], required=False, widget=OneOf)
    answered = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False, initial="a", widget=OneOf)
    not_asked = forms.ChoiceField(choices=[("", "was not asked"), ("a", "A")], required=False, widget=OneOf)
    always = forms.ChoiceField(choices=[("fi", "Finnish"), ("sv", "Swedish")], required=False)
    tick = forms.BooleanField(required=False)


class _Foreign(forms.Form):
    code = forms.CharField()
    day = forms.DateField()


def test_a_shared_browser_is_asked_to_remember_nobody():
    class Somebody(Form):
        name = forms.CharField()
        born = forms.DateField(widget=Day)

    assert [field.field.widget.attrs["autocomplete"] for field in Somebody()] == ["off", "off"]


def classes(field) -> str:
    return field.field.widget.attrs.get("class", "")


def test_own_words_keep_their_voice_beside_the_common_look():
    assert classes(_Own()["words"]) == "input input-own"
    assert classes(_Own()["choice"]) == ""


@pytest.mark.parametrize("name", ["code", "day"])
def test_a_foreign_form_gets_the_look_once(name):
    field = _Foreign()[name]
    assert classes(drawn(drawn(field))) == "input"


def test_only_what_can_be_left_empty_says_that_it_is_optional():
    told = [field.name for field in _Left() if says_optional(field)]
    assert told == ["words", "several", "language", "open_choice"]
    assert str(_Left()["words"].as_field_group()).count("(optional)") == 1
    assert "(optional)" not in _Left()["answered"].as_field_group()


def test_a_choice_that_was_made_is_not_optional_any_more():
    assert not says_optional(_Left({"open_choice": "a"})["open_choice"])


def test_a_page_may_say_it_once_for_all_fields():
    class _Once(_Left):
        says_optional = False

    assert not any(says_optional(field) for field in _Once())


def test_signing_in_looks_like_the_rest(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert page.count('class="input"') == 2
    assert "placeholder" not in page
