"""Contacts: the list, taking one, and what comes of it."""

from django.urls import path

from solmu.web.desk.contacts.beginning import contact_begin
from solmu.web.desk.contacts.reading import contact, contact_advice, contact_reopen
from solmu.web.desk.contacts.safety import contact_safety, family_safety
from solmu.web.desk.contacts.taking import contact_edit, contact_new, contacts

urls = [
    path("contacts/", contacts, name="contacts"),
    path("contacts/new/", contact_new, name="contact_new"),
    path("contacts/<uuid:contact_id>/", contact, name="contact"),
    path("contacts/<uuid:contact_id>/edit/", contact_edit, name="contact_edit"),
    path("contacts/<uuid:contact_id>/safety/", contact_safety, name="contact_safety"),
    path("contacts/<uuid:contact_id>/advice/", contact_advice, name="contact_advice"),
    path("contacts/<uuid:contact_id>/reopen/", contact_reopen, name="contact_reopen"),
    path("contacts/<uuid:contact_id>/begin/", contact_begin, name="contact_begin"),
    path("families/<uuid:family_id>/safety/", family_safety, name="family_safety"),
]
