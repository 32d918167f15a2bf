"""What an import prints of the questions that need somebody."""

from bot.cli.needs import MOST

FILE = """\
1. Which service stores objects?
A. Amazon S3
B. Amazon EC2
Answer: A

2. Which of [red]these[/red] runs code?
A. Lambda
B. Glacier
"""


def test_an_import_says_what_is_ready_and_shows_the_lines_of_what_is_not(run, here):
    (here / "exam.txt").write_text(FILE)
    told = run("bank", "import", "exam.txt").out
    assert "Questions found: 2; 1 ready, 1 need you." in told
    assert "line 6: The source gives no answer" in told
    shown = [line.split(maxsplit=2) for line in told.splitlines() if line.startswith("    ")]
    assert shown == [
        ["4", "key", "Answer: A"],
        ["5", "blank"],
        ["6", "question", "2. Which of [red]these[/red] runs code?"],
        ["7", "choice", "A. Lambda"],
        ["8", "choice", "B. Glacier"],
    ]
    assert run("bank", "import", "exam.txt", "--json").json[0]["unchanged"] == 2


def test_questions_of_formats_without_lines_are_shown_themselves(run, here):
    (here / "exam.yaml").write_text("format: quizbot-bank/2\nquestions:\n  - {kind: true_false, stem: Ice floats.}\n")
    told = run("bank", "import", "exam.yaml", "--dry-run").out
    assert "0 ready, 1 need you." in told
    assert "  Ice floats.\n    True\n    False\n" in told


def test_only_so_many_are_shown(run, here):
    (here / "exam.txt").write_text("".join(f"{n}. Which is {n}?\nA. Yes\nB. No\n\n" for n in range(1, MOST + 4)))
    assert "… and 3 more that need you." in run("bank", "import", "exam.txt").out
