"""The life-situation map: the picture, rounds, knots and bonds, and a young person's own part."""

from django.urls import path

from solmu.web.desk.map import items, own_part, reading, rounds

_AT = "families/<uuid:family_id>/map/"
urls = [
    path(_AT, reading.family_page, name="map"),
    path(f"{_AT}print/", reading.print_page, name="map_print"),
    path(f"{_AT}begin/", rounds.begin, name="map_begin"),
    path(f"{_AT}round/", rounds.mend_round, name="map_round"),
    path(f"{_AT}review/", rounds.review, name="map_review"),
    path(f"{_AT}numbers/", rounds.feelings, name="map_feelings"),
    path(f"{_AT}start/", rounds.start_from, name="map_start"),
    path(f"{_AT}add/", items.add, name="map_add"),
    path(f"{_AT}items/<uuid:item_id>/", items.item_page, name="map_item"),
    path(f"{_AT}items/<uuid:item_id>/state/", items.state, name="map_state"),
    path(f"{_AT}items/<uuid:item_id>/remove/", items.remove, name="map_remove"),
    path(f"{_AT}items/<uuid:item_id>/restore/", items.restore, name="map_restore"),
    path(f"{_AT}own/<uuid:person_id>/", own_part.own_page, name="map_own"),
    path(f"{_AT}own/<uuid:person_id>/items/<uuid:item_id>/", own_part.own_item, name="map_own_item"),
    path(f"{_AT}own/<uuid:person_id>/open/", own_part.open_own, name="map_own_open"),
    path(f"{_AT}own/<uuid:person_id>/close/", own_part.close_own, name="map_own_close"),
]
