"""Settings: defaults, then a TOML file, then the environment; read once into one frozen value."""

from bot.settings.reading import adapter_kinds, load, secrets_folder
from bot.settings.setting_up import NeededSecret, Setup, last_steps, save_secret
from bot.settings.values import AdapterSettings, Address, Section, Settings

__all__ = [
    "AdapterSettings",
    "Address",
    "NeededSecret",
    "Section",
    "Settings",
    "Setup",
    "adapter_kinds",
    "last_steps",
    "load",
    "save_secret",
    "secrets_folder",
]
