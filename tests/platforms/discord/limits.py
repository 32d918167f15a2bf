"""Discord's limits on a message: its content, embeds and files."""

from typing import Any

from tests.platforms.discord.component_limits import check_components
from tests.platforms.discord.errors import Form
from tests.platforms.discord.mentions import check_allowed_mentions
from tests.platforms.discord.model import Json

Path = tuple[str | int, ...]

CONTENT, NONCE, EMBEDS, EMBED_TOTAL, ATTACHMENTS, ALT_TEXT = 2000, 25, 10, 6000, 10, 1024
_EMBED_TEXTS = {"title": 256, "description": 4096}
_FIELDS, _FIELD_NAME, _FIELD_VALUE, _FOOTER, _AUTHOR = 25, 256, 1024, 2048, 256


def check_message(body: Json, within: Path = ()) -> None:
    """Refuse, in one error 50035, everything beyond a limit; ``within`` is the message's path in the request."""
    form = Form()
    form.length((*within, "content"), body.get("content"), CONTENT)
    _check_nonce(body.get("nonce"), form, within)
    _check_embeds(body.get("embeds") or [], form, (*within, "embeds"))
    _check_attachments(body.get("attachments") or [], form, (*within, "attachments"))
    check_components(body.get("components") or [], form, (*within, "components"))
    check_allowed_mentions(body.get("allowed_mentions"), form)
    form.settle()


def _check_nonce(nonce: Any, form: Form, within: Path) -> None:
    path = (*within, "nonce")
    if nonce is not None and (isinstance(nonce, bool) or not isinstance(nonce, int | str)):
        form.refuse(path, "NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")
    elif len(str(nonce or "")) > NONCE:
        form.refuse(path, "NONCE_TYPE_TOO_LONG", f"Must be {NONCE} or fewer characters long.")


def _check_embeds(embeds: list[Json], form: Form, path: Path) -> None:
    form.count(path, embeds, EMBEDS)
    for index, embed in enumerate(embeds):
        for name, most in _EMBED_TEXTS.items():
            form.length((*path, index, name), embed.get(name), most)
        form.length((*path, index, "footer", "text"), _inner(embed, "footer", "text"), _FOOTER)
        form.length((*path, index, "author", "name"), _inner(embed, "author", "name"), _AUTHOR)
        _check_fields(embed.get("fields") or [], form, (*path, index, "fields"))
        form.between((*path, index, "color"), embed.get("color") or 0, 0, 0xFFFFFF)
    if sum(map(size_of, embeds)) > EMBED_TOTAL:
        form.refuse(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")


def _check_fields(fields: list[Json], form: Form, path: Path) -> None:
    form.count(path, fields, _FIELDS)
    for index, field in enumerate(fields):
        form.length((*path, index, "name"), field.get("name"), _FIELD_NAME, fewest=1)
        form.length((*path, index, "value"), field.get("value"), _FIELD_VALUE, fewest=1)


def _check_attachments(attachments: list[Json], form: Form, path: Path) -> None:
    form.count(path, attachments, ATTACHMENTS)
    for index, attachment in enumerate(attachments):
        form.length((*path, index, "description"), attachment.get("description"), ALT_TEXT)


def size_of(embed: Json) -> int:
    """Return how many characters of an embed count towards a message's total."""
    texts = [embed.get("title"), embed.get("description"), _inner(embed, "footer", "text")]
    texts.append(_inner(embed, "author", "name"))
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))


def _inner(embed: Json, part: str, name: str) -> Any:
    return (embed.get(part) or {}).get(name)
