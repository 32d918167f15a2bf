"""The metrics of answers, posts and refused input, for ``/metrics``."""

from functools import cache

from prometheus_client import Counter, Histogram

answers = Counter("quizbot_answers", "Answers that came in, by outcome", ["status"])
answers_with = cache(answers.labels)
"""The counter of answers with an outcome; cached, because every answer asks, and there are few outcomes."""
acknowledgement_seconds = Histogram(
    "quizbot_acknowledgement_seconds",
    "Seconds from receiving an answer to acknowledging it, including the commit",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
batch_answers = Histogram(
    "quizbot_batch_answers", "How many answers shared one commit", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
)
posts = Counter("quizbot_posts", "Messages to be posted on a platform, by outcome", ["outcome"])
nights = Counter("quizbot_nights", "Quiz nights: started, played to the end, and cut short", ["outcome"])
malformed = Counter(
    "quizbot_malformed",
    "What came from a platform and was refused, because it couldn't be read, by adapter",
    ["adapter"],
)
limited = Counter(
    "quizbot_limited", "Actions refused because somebody did too much in a short time, by limit", ["limit"]
)
