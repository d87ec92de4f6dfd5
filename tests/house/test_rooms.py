"""Rooms stand on the rooms below them, in the database as in the imports."""

import tomllib

from django.apps import apps

from tests.house import ROOT


def _order() -> list[str]:
    """The rooms from the lowest to the highest, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    return contracts["rooms"]["layers"][::-1]


def test_foreign_keys_point_downward():
    height = {f"solmu.{room}": level for level, room in enumerate(_order())}
    upward = []
    for model in apps.get_models():
        room = model._meta.app_config.name
        for field in model._meta.get_fields():
            if room not in height or field.auto_created or not field.is_relation or not field.related_model:
                continue
            target = field.related_model._meta.app_config.name
            if height.get(target, -1) > height[room]:
                upward.append(f"{room}: {model.__name__}.{field.name} -> {target}")
    assert not upward, "\n".join(upward)


def test_every_room_is_installed_in_its_order():
    installed = [config.name.removeprefix("solmu.") for config in apps.get_app_configs() if "solmu" in config.name]
    assert installed == [room for room in _order() if room != "config"]
