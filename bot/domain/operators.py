"""Who runs the bot, as shown to the people who use it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A person or organisation that runs the bot for others.

    Attributes:
        name: how they are called.
        contact: where people get help: an email address, or the address of a web page.
        privacy: the address of the privacy policy; empty if the bot's pages have no public address.
    """

    name: str
    contact: str
    privacy: str = ""

    @property
    def link(self) -> str:
        """The contact as the target of a link."""
        return self.contact if self.contact.startswith("https://") else f"mailto:{self.contact}"
