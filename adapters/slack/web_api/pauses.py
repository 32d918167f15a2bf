"""How long the adapter waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """In seconds; what stands here suits Slack.

    Attributes:
        post: for a post that Slack doesn't answer; shorter than delivery's hold on a message, or another process would
            post it while this one still does.
        picture: for a picture, before its question comes without it.
        late_picture: before such a picture takes its place.
        name: for the name of somebody who reacts: Slack wants its acknowledgement within three seconds, and a name can
            be learnt later.
        first_count: after an answer, before the public count is shown: the first count waits for those who answer with
            the first one, as a question is answered in bursts.
        next_count: after a count, before the next.
        finish: at a stop, for what is under way.
    """

    post: float = 3.5
    picture: float = 1.5
    late_picture: float = 3.0
    name: float = 1.5
    first_count: float = 1.0
    next_count: float = 5.0
    finish: float = 3.0
