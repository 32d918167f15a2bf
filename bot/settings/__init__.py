"""Settings: defaults, then a TOML file, then the environment; read once into one frozen value."""

from bot.settings.reading import adapter_kinds, load
from bot.settings.values import AdapterSettings, Address, Section, Settings

__all__ = ["AdapterSettings", "Address", "Section", "Settings", "adapter_kinds", "load"]
