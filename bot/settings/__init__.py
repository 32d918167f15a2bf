"""Settings: defaults, then a TOML file, then the environment; read once into one frozen value."""

from bot.settings.reading import adapter_kinds, load, secrets_folder
from bot.settings.setting_up import NeededSecret, Setup, save_secret
from bot.settings.values import AdapterSettings, Address, Section, Settings

__all__ = [
    "AdapterSettings",
    "Address",
    "NeededSecret",
    "Section",
    "Settings",
    "Setup",
    "adapter_kinds",
    "load",
    "save_secret",
    "secrets_folder",
]
