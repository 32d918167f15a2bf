"""files.*: uploads a file in three steps, and looks files up."""

from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json


@method("files.getUploadURLExternal", "files:write", tier=4)
def get_upload_url(call: Call) -> Json:
    if int(call.need("length")) <= 0:
        raise ApiError("length_required")
    file = call.server.files.add(call.team, call.need("filename"), None, owner=call.team.bot.id)
    return {"upload_url": f"{call.server.address}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", tier=4)
def complete_upload(call: Call) -> Json:
    files = []
    for wanted in call.args.get("files") or []:
        file = call.server.files.of(call.team, wanted["id"])
        if file is None or file.content is None:
            raise ApiError("file_not_found")
        file.title = wanted.get("title") or file.name
        files.append(file)
    if call.args.get("channel_id"):
        channel = call.channel("channel_id", inside=True, live=True)
        for file in files:
            file.channels.append(channel.id)
        comment = call.args.get("initial_comment") or ""
        channel.write(call.team.bot, comment, thread_ts=call.args.get("thread_ts"), files=files)
    return {"files": [one.as_json() for one in files]}


@method("files.info", "files:read", tier=4)
def info(call: Call) -> Json:
    file = call.server.files.of(call.team, call.need("file"))
    if file is None:
        raise ApiError("file_not_found")
    return {"file": file.as_json(), "comments": [], **call.page([])[1]}
