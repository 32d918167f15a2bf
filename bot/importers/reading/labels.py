"""Knows the letters and numbers before choices in many scripts: A B C, а б в, ア イ ウ, ① ② ③, ក ខ គ and others.

The alphabets are Unicode's charts and, where exams leave letters out or use an order of their own, the habit of the
country: Thai exams count ก ข ค ง, Hindi ones क ख ग घ or अ ब स द, Marathi ones अ ब क ड, Arabic ones أ ب ج د.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

NUMBER = "number"
"""The family of digits, whatever script they are from."""

_MOST = 1000
_LATIN = {"upper": ascii_uppercase, "lower": ascii_lowercase}
_CASED = {
    "cyrillic": "абвгдежзиклмнопрстуфхцчшщэюя",
    "cyrillic with й": "абвгдежзийклмнопрстуфхцчшщэюя",
    "cyrillic with ё": "абвгдеёжзиклмнопрстуфхцчшщэюя",
    "cyrillic with ё and й": "абвгдеёжзийклмнопрстуфхцчшщэюя",
    "ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
    "ukrainian without ґ": "абвгдеєжзиіїйклмнопрстуфхцчшщюя",
    "serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "macedonian": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "circled": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
}
"""Small letters; each family has its capitals beside them."""
_UNCASED = {
    "in brackets lower": "⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵",
    "in brackets upper": "🄐🄑🄒🄓🄔🄕🄖🄗🄘🄙🄚🄛🄜🄝🄞🄟🄠🄡🄢🄣🄤🄥🄦🄧🄨🄩",
    "black circled upper": "🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩",
    "squared upper": "🄰🄱🄲🄳🄴🄵🄶🄷🄸🄹🄺🄻🄼🄽🄾🄿🅀🅁🅂🅃🅄🅅🅆🅇🅈🅉",
    "black squared upper": "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉",
    "regional letter": "🇦🇧🇨🇩🇪🇫🇬🇭🇮🇯🇰🇱🇲🇳🇴🇵🇶🇷🇸🇹🇺🇻🇼🇽🇾🇿",
    "circled number": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟",
    "black circled number": "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
    "circled plain number": "➀➁➂➃➄➅➆➇➈➉",
    "black circled plain number": "➊➋➌➍➎➏➐➑➒➓",
    "double circled number": "⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾",
    "number in brackets": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "number with full stop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "circled han number": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "han number in brackets": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "formal han number": "壹貳叁肆伍陸柒捌玖拾",
    "formal han number simplified": "壹贰叁肆伍陆柒捌玖拾",
    "heavenly stem": "甲乙丙丁戊己庚辛壬癸",
    "earthly branch": "子丑寅卯辰巳午未申酉戌亥",
    "katakana": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "hiragana": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "katakana iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "hiragana iroha": "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
    "circled katakana": "㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞㋟㋠㋡㋢㋣㋤㋥㋦㋧㋨㋩㋪㋫㋬㋭㋮㋯㋰㋱㋲㋳㋴㋵㋶㋷㋸㋹㋺㋻㋼㋽",
    "hangul syllable": "가나다라마바사아자차카타파하",
    "hangul letter": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "circled hangul syllable": "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻",
    "circled hangul letter": "㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭",
    "hangul syllable in brackets": "㈎㈏㈐㈑㈒㈓㈔㈕㈖㈗㈘㈙㈚㈛",
    "hangul letter in brackets": "㈀㈁㈂㈃㈄㈅㈆㈇㈈㈉㈊㈋㈌㈍",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "arabic abjad": "ابجدهوزحطيكلمنسعفصقرشت",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "persian": "ابپتثجچحخدذرزژسشصضطظعغفقكگلمنوهي",
    "urdu": "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقكگلمنوهي",
    "devanagari consonant": "कखगघङचछजझञटठडढणतथदधन",
    "devanagari consonant without nasals": "कखगघचछजझटठडढतथदध",
    "devanagari vowel": "अआइईउऊएऐओऔ",
    "hindi after latin": "अबसदय",
    "marathi after latin": "अबकडइफ",
    "bengali consonant": "কখগঘঙচছজঝঞ",
    "bengali consonant without nasals": "কখগঘচছজঝ",
    "bengali vowel": "অআইঈউঊ",
    "gujarati consonant": "કખગઘઙચછજઝ",
    "gujarati consonant without nasals": "કખગઘચછજઝ",
    "gujarati vowel": "અઆઇઈઉઊ",
    "gujarati after latin": "અબકડઇફ",
    "gurmukhi": "ੳਅੲਸਹਕਖਗਘਙ",
    "gurmukhi consonant": "ਕਖਗਘਙਚਛਜਝ",
    "gurmukhi vowel": "ਅਆਇਈਉਊ",
    "gurmukhi after latin": "ਅਬਸਦ",
    "odia consonant": "କଖଗଘଙଚଛଜଝ",
    "odia vowel": "ଅଆଇଈଉଊ",
    "tamil vowel": "அஆஇஈஉஊஎஏ",
    "telugu vowel": "అఆఇఈఉఊఎఏ",
    "telugu consonant": "కఖగఘఙచఛజఝ",
    "kannada vowel": "ಅಆಇಈಉಊಎಏ",
    "kannada consonant": "ಕಖಗಘಙಚಛಜಝ",
    "malayalam vowel": "അആഇഈഉഊഎഏ",
    "malayalam consonant": "കഖഗഘങചഛജഝ",
    "sinhala vowel": "අආඇඈඉඊ",
    "thai": "กขคงจฉชซฌญ",
    "lao": "ກຂຄງຈສຊ",
    "khmer": "កខគឃងចឆជឈ",
    "burmese": "ကခဂဃငစဆဇဈ",
    "ethiopic": "ሀለሐመሠረሰሸቀበ",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}
_SPELLED = {
    "hindi spelled": "ए बी सी डी ई एफ",
    "bengali spelled": "এ বি সি ডি ই এফ",
    "gujarati spelled": "એ બી સી ડી ઈ એફ",
    "gurmukhi spelled": "ਏ ਬੀ ਸੀ ਡੀ ਈ ਐਫ",
    "tamil spelled": "ஏ பி சி டி இ எஃப்",
    "telugu spelled": "ఎ బి సి డి ఇ ఎఫ్",
    "kannada spelled": "ಎ ಬಿ ಸಿ ಡಿ ಇ ಎಫ್",
    "malayalam spelled": "എ ബി സി ഡി ഇ എഫ്",
    "urdu spelled": "اے بی سی ڈی",
}
"""The names of Latin letters, as Indian and Pakistani exams write them."""
_HAN_DIGITS = "一二三四五六七八九"
_TEN = "十"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 39
_LATIN_LOOKS = {
    "cyrillic upper": {"А": "A", "В": "B", "С": "C", "Е": "E"},
    "cyrillic lower": {"а": "a", "с": "c", "е": "e"},
    "greek upper": {"Α": "A", "Β": "B", "Ε": "E"},
}
"""Letters that look like Latin ones, within the first five: people mix them up without noticing."""
_SAME = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ة": "ه"})
_LEFT_OUT = str.maketrans(dict.fromkeys("ـ\u200c\u200d\ufe0f\u20e3׳'’"))
"""What stands beside a letter without meaning anything: a stroke that makes it longer, joiners, a Hebrew geresh."""
_WORDS = {"الف": "ا"}


class Position(NamedTuple):
    """What a label may be: the ``at``-th sign (counted from 0) of the alphabet ``family``."""

    family: str
    at: int


def positions_of(label: str) -> tuple[Position, ...]:
    """Everything that a label such as ``B``, ``ب`` or ``③`` may be, most likely first; empty if it labels nothing.

    Some signs stand in several orders: ``i`` is the ninth Latin letter and the first Roman number, ``د`` the fourth
    letter in one Arabic order and the eighth in another, and a Cyrillic ``С`` may have been typed for the Latin one.
    The family that all labels of a run share is the right one. Digits are of the family ``NUMBER`` in every script,
    Latin letters of ``upper`` or ``lower`` (full-width ones as well), and ``0`` is no label.

    Args:
        label: the label without brackets, full stops and white space.
    """
    known = _known()
    if label in known:
        return known[label]
    if label.isdecimal():
        number = int(label) if len(label) < 4 else _MOST
        return (Position(NUMBER, number - 1),) if 0 < number < _MOST else ()
    return known.get(_plain(label), ()) if len(label) <= 8 else ()


def number_of(text: str) -> int | None:
    """The number that digits of any script, a circled number, or a Chinese number up to 99 stand for; None if none."""
    if text.isdecimal():
        return int(text) if len(text) <= 18 else None
    return next((found.at + 1 for found in positions_of(text) if "number" in found.family), None)


def _plain(label: str) -> str:
    bare = unicodedata.normalize("NFKC", label.translate(_LEFT_OUT)).translate(_SAME)
    return _WORDS.get(bare, bare)


@cache
def _known() -> Mapping[str, tuple[Position, ...]]:
    """Every label but digits, with what it may be."""
    found: dict[str, list[Position]] = {}
    for family, label, at in _labels():
        found.setdefault(label, []).append(Position(family, at))
    for family, looks in _LATIN_LOOKS.items():
        for label, latin in looks.items():
            of_latin = Position("upper" if latin.isupper() else "lower", ascii_lowercase.index(latin.lower()))
            own = [one for one in found[label] if one.family == family]
            found[latin] += own
            found[label].append(of_latin)
    return {label: tuple(positions) for label, positions in found.items()}


def _labels() -> Iterator[tuple[str, str, int]]:
    """Each label with its family and its position in it."""
    cased = {f"{name} upper": signs.upper() for name, signs in _CASED.items()}
    cased |= {f"{name} lower": signs for name, signs in _CASED.items()}
    for family, signs in {**_LATIN, **cased, **_UNCASED}.items():
        yield from ((family, sign, at) for at, sign in enumerate(signs))
    for family, words in _SPELLED.items():
        yield from ((family, _plain(word), at) for at, word in enumerate(words.split()))
    for number in range(1, _MOST_ROMAN + 1):
        yield "roman upper", _roman(number).upper(), number - 1
        yield "roman lower", _roman(number), number - 1
    for number in range(1, 100):
        yield "han number", _han(number), number - 1
    for number in range(1, 11):
        # An emoji of a key: the digit, a selector that may be missing, and the sign that draws the key around it.
        yield from (("keycap number", f"{number}{sign}\u20e3", number - 1) for sign in ("", "\ufe0f") if number < 10)
    yield "keycap number", "🔟", 9


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    many = _HAN_DIGITS[tens - 1] if tens > 1 else ""
    return (many + _TEN if tens else "") + (_HAN_DIGITS[ones - 1] if ones else "")
