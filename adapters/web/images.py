"""The pictures of questions."""

from aiohttp import web

from adapters.web.door import Visit


async def show_image(visit: Visit) -> web.StreamResponse:
    """Serve a picture. Its address is the digest of its bytes, so a browser's cached copy is never out of date."""
    digest, space_id = visit.request.match_info["digest"], visit.room.space.id
    file = await visit.room.app.storage.read(lambda unit: unit.images.seen_in(space_id, digest))
    if file is None:
        raise web.HTTPNotFound
    keep = {"Cache-Control": "private, max-age=31536000, immutable"}
    return web.Response(body=file.data, content_type=file.media_type, headers=keep)
