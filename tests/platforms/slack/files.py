"""Files: stored, uploaded in three steps, downloaded with a token."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.platforms.slack.surfaces import Json
from tests.platforms.slack.traffic import Sent
from tests.platforms.slack.workspace import File

if TYPE_CHECKING:
    from tests.platforms.slack.server import SlackServer
    from tests.platforms.slack.workspace import Team


@dataclass(slots=True, eq=False)
class Files:
    """All files, by id."""

    server: "SlackServer"
    by_id: dict[str, File] = field(default_factory=dict)

    def add(self, team: "Team", name: str, content: bytes | None, *, owner: str) -> File:
        """Add a file to a workspace; without ``content`` its upload has only begun."""
        file = File(self.server.next_id("F"), team, name, content, owner=owner)
        self.by_id[file.id] = file
        return file

    def of(self, team: "Team", file_id: str) -> File | None:
        """Return a workspace's file."""
        file = self.by_id.get(file_id)
        return file if file is not None and file.team is team else None

    def problems(self, team: "Team", blocks: list[Json]) -> list[str]:
        """Return what is wrong with images in blocks that name a file: there is no such file."""
        named = [(number, one["slack_file"].get("id")) for number, one in enumerate(blocks) if "slack_file" in one]
        return [
            f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"
            for number, file_id in named
            if file_id and self.of(team, file_id) is None
        ]

    async def upload(self, request: web.Request) -> web.Response:
        """Receive a file's bytes: the second step of an upload."""
        file = self.by_id[request.match_info["file"]]
        file.content = await request.read()
        sent = Sent("upload", file.id, {"filename": file.name}, self.server.clock.now(), file.content, status=200)
        self.server.traffic.append(sent)
        return web.Response(text=f"OK - {len(file.content)}")

    async def download(self, request: web.Request) -> web.Response:
        """Serve a file's bytes; without a token that may read files, show the sign-in page, as Slack does."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        grant = self.server.grants.get(token)
        team_id, _, file_id = request.match_info["name"].partition("-")
        file = self.by_id.get(file_id)
        if grant is None or grant.refusal or not grant.allows(["files:read"]) or grant.team.id != team_id or not file:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        self.server.scopes_used.add("files:read")
        return web.Response(body=file.content or b"", content_type="application/octet-stream")
