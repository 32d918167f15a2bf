"""Cards to draw: names as people have them, and as people have them who try what happens."""

from bot.rendering.cards.card import Card, Fact, Heads, PlayerLine, TeamLine

NAMES = {
    "Latin": "Ångström’s Łódź Ñandú",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Greek": "Ομάδα Μάθησης",
    "Cyrillic": "Команда Їжак",
    "Arabic": "فريق الخوارزميات",
    "Urdu": "ٹیم پاکستان",
    "Hebrew": "צוות למידה עמוקה",
    "Devanagari": "न्यूरल नेटवर्क",
    "Bengali": "গণিত দল",
    "Tamil": "கணித குழு",
    "Thai": "ทีมเรียนรู้",
    "Georgian": "გუნდი",
    "Armenian": "Թիմ",
    "Ethiopic": "ቡድን",
    "Khmer": "ក្រុមសិក្សា",
    "Chinese": "深度学习小组",
    "Traditional Chinese": "機器學習團隊",
    "Japanese": "データ侍ひらがな",
    "Korean": "훈련 팀",
    "emoji": "👨‍👩‍👧🎉🇩🇪👍🏽❤️1️⃣",
    "fancy letters": "𝕬𝖉𝖆 𝓛𝓸𝓿𝓮ⓛⓐⓒⓔ",
    "symbols": "★ x² → ∞ ½ €",
}
HOSTILE = {
    "empty": "",
    "only controls": "\x00\x07\u200b\ufeff\u2066",
    "override": "\u202egnol \u202dlive\u202c",
    "zalgo": "Z" + "\u0335\u0321\u0489\u0310" * 500 + "algo",
    "only marks": "\u0301" * 3000,
    "without end": "x" * 10_000,
    "without end and width": "i" * 10_000,
    "joiners": "\u200d" * 10_000,
    "families": "👨‍👩‍👧‍👦" * 700,
    "one endless family": "👨‍" * 2000,
    "wide": "漢" * 10_000,
    "surrogate": "\ud800bad\udfff",
    "unknown script": "𓀀𓀁𓀂",
    "private": "\ue000\ue001",
    "lines": "a\r\nb\u2028c\td",
    "numbers in Arabic": "١٢٣ مرحبا 45% (abc) " * 200,
}
HEADS = Heads(
    name="Team",
    change="Change",
    score="Score",
    mean="Mean",
    participation="Took part",
    players="Players of the week",
    points="Points",
)


def team(number, name, change=2):
    share = 1 / number
    return TeamLine(
        place=str(number),
        name=name,
        change=change,
        score=f"{99 - number}.5",
        mean=f"{80 - number}.25",
        participation=f"1 of {number}",
        share=share,
    )


def card(teams=12, names=("Ada’s Engines",), **changed):
    """A card with so many teams, which take the names in turn."""
    shown = {
        "title": "Week 47",
        "subtitle": "16–22 November 2026 · Study group",
        "heads": HEADS,
        "teams": tuple(team(number + 1, names[number % len(names)]) for number in range(teams)),
        "players": tuple(
            PlayerLine(place=str(number + 1), name=f"Player {number + 1}", points=str(60 - number))
            for number in range(12)
        ),
        "facts": (
            Fact(label="Hardest question", text="Which of these is it? " * 20),
            Fact(label="Longest streak", text="Zoë, 23 days in a row"),
        ),
        "rule": "Score = mean points, times the share of members who took part.",
        "more": "and 48 more teams",
    }
    return Card(**(shown | changed))
