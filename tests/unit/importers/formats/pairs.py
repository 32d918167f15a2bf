"""Questions without choices and their answers, in the forms in which people write them."""

ASKED = {
    "Which mission landed first?": "Apollo 11",
    "Which planet is red?": "Mars",
    "In which year did it land?": "1969",
    "Who stepped out?": "Neil Armstrong",
    "Which planet has rings?": "Saturn",
}

FORMS = [
    "{n}. {q} - {a}",
    "{n}. {q} – {a}",
    "{n}) {q} → {a}",
    "{n}. {q} => {a}",
    "{n}. {q} ({a})",
    "{n}. {q}\n   {a}",
    "{n}. {q}\n   - {a}",
    "## {n}. {q}\n\n{a}\n",
    "**{n}. {q}**\n\n{a}\n",
    "Q{n}: {q}\nA{n}: {a}\n",
    "**Q{n}.** {q}\n\n**A{n}.** {a}\n",
    "Question {n}: {q}\nAnswer {n}: {a}\n",
    "{n}. {q}\n{a}\n",
    "1. {q}\n\n   {a}\n",
    "{n}. {q}\nSolution: {a}\n",
    "{n}. {q}\n>> {a}",
    "{n}. {q} Answer: {a}",
    "{n}. {q} (Answer: {a})",
    "{n}) {q}\nA) {a}\n",
    "{n}. Q: {q}\n   A: {a}\n",
    "Q. {q}\nA. {a}\n",
    "{q}\n{a}",
    "{q}\n{a}\n",
    "{q}\n\n{a}\n",
    "**{q}**\n- {a}\n",
    "- {q}\n  - {a}",
    "### {q}\n\n{a}\n",
    "> {q}\n\n{a}\n",
    "<details><summary>{q}</summary>\n\n{a}\n\n</details>\n",
    "{q} {a}",
    "- **{q}** {a}",
    "{q} ({a})",
    "{q} = {a}",
    "{q}*{a}",
]
"""How people write questions with their answers; the fields are the number ``n``, the question and the answer."""


def written(each: str, between: str = "\n") -> str:
    """The questions and their answers in a form with the fields ``n``, ``q`` and ``a``."""
    return between.join(each.format(n=n, q=q, a=a) for n, (q, a) in enumerate(ASKED.items(), start=1)) + "\n"
