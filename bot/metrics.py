"""What ``/metrics`` tells about the core."""

from prometheus_client import Counter, Histogram

answers = Counter("quizbot_answers", "Answers that came in, by what became of them", ["status"])
acknowledgement_seconds = Histogram(
    "quizbot_acknowledgement_seconds",
    "From taking an answer to its acknowledgement, commit included",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
batch_answers = Histogram(
    "quizbot_batch_answers", "Answers that shared one commit", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
)
posts = Counter("quizbot_posts", "Messages that were due on a platform, by what became of them", ["outcome"])
limited = Counter("quizbot_limited", "What was refused because it was a lot at once, by limit", ["limit"])
