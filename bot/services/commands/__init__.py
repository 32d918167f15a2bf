"""What typed commands do, a module for each group of them; `bot.services.chat` runs them."""

from collections.abc import Awaitable, Callable

from bot.domain.commands import Caller
from bot.domain.views import MessageView
from bot.services.core import Core

Handler = Callable[[Core, Caller, dict[str, str]], Awaitable[MessageView | None]]
"""Does what a caller asked for with these options; the private reply, or None where a public message says it all."""
