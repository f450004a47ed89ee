"""Shapes of the line head by region: digits, calendars, separators, day periods.

The shapes follow CLDR (short date, short or medium time) as the platforms write them. All variants
here say the same eight things at the same edges of clock and calendar; what differs is the head.
"""

import random

from chat import (ARABIC, BENGALI, BURMESE, DEVANAGARI, NBSP, NNBSP, PERSIAN, RLM, THIN, Chat, Head,
                  android, digits, ios)

# Midnight, noon, the hours beside them, a day over 12 in both halves, a turn of the year.
WALLS = ("2024-03-05T00:05:10", "2024-03-05T12:00:00", "2024-03-05T14:03:07", "2024-03-17T09:07:59",
         "2024-03-17T21:25:15", "2024-12-31T23:59:59", "2025-01-01T00:00:00", "2025-02-28T12:30:45")

ENGLISH = (("Alice", "Bob"), (
    "Hi there", "Are you coming?", "Yes, at 5", "Ok: see you", "The price is 1,200", "😀",
    "https://example.org/a?b=1", "wait - what?", "12.5 km", "No", "Call me", "Tomorrow then"))
SPEECH = {
    "ar": (("ليلى", "سامي"), ("السلام عليكم", "وعليكم السلام", "متى تصل؟", "الساعة ٥ مساءً",
                              "السعر ١٢٠٠: نهائي", "تمام", "أين أنت؟", "في الطريق - قريب")),
    "fa": (("مریم", "رضا"), ("سلام", "حالت چطوره؟", "ساعت ۵ می‌رسم", "قیمت: ۱۲۰۰", "باشه",
                             "کجایی؟", "توی راهم - نزدیکم", "خداحافظ")),
    "ti": (("ሰላም ሃይለ", "ኣበባ"), ("ከመይ ኣለኻ", "ጽቡቕ ኣለኹ", "ዋጋኡ ክንደይ እዩ?", "1200: ናይ መወዳእታ",
                                "ሕራይ", "ኣበይ ኣለኺ?", "ኣብ መንገዲ - ቀረባ", "ደሓን ኩን")),
    "am": (("አበበ", "ሠናይት"), ("ሰላም ነው", "ደህና ነኝ", "ዋጋው ስንት ነው?", "1200: የመጨረሻ", "እሺ",
                             "የት ነህ?", "መንገድ ላይ - ቅርብ", "ቻው")),
    "ur": (("عائشہ", "بلال"), ("السلام علیکم", "کیسے ہو؟", "پانچ بجے", "قیمت: ۱۲۰۰", "ٹھیک ہے",
                             "کہاں ہو؟", "راستے میں - قریب", "خدا حافظ")),
    "he": (("נועה", "דן"), ("שלום", "מה שלומך?", "בחמש", "המחיר: 1,200", "בסדר", "איפה אתה?",
                          "בדרך - קרוב", "להתראות")),
    "hi": (("प्रिया", "Rahul"), ("नमस्ते", "कब आओगे?", "५ बजे", "ठीक है: आता हूँ", "हाँ",
                               "अच्छा - चलो", "कहाँ हो?", "रास्ते में")),
    "ja": (("花子", "太郎"), ("こんにちは", "何時に着く？", "5時", "了解：駅で", "遅れます",
                          "はい", "今どこ？", "もうすぐ - あと5分")),
}

WITH_ALICE = "WhatsApp Chat with Alice.txt"


def conversation(name, about, head, speech=None, walls=WALLS):
    (first, second), bodies = SPEECH.get(speech, ENGLISH)
    file = f"WhatsApp Chat with {first}.txt" if name.startswith("android") else "_chat.txt"
    chat = Chat(name, about, head, file)
    choice = random.Random(f"conformance {name}")
    bodies = list(bodies)
    choice.shuffle(bodies)
    for number, wall in enumerate(walls):
        author = first if number == 0 else second if number == 1 else choice.choice((first, second))
        chat.say(wall, author, bodies[number % len(bodies)])
    return chat


def year_first():
    yield conversation("android-en-ca", "Android en-CA, year first, p.m. with U+202F",
                       android(lambda t: f"{t.y}-{t.mm}-{t.dd}, {t.h}:{t.mi}{NNBSP}"
                                         f"{t.half('a.m.', 'p.m.')}"))
    yield conversation("android-fr-ca", "Android fr-CA, year first, 'h' between hour and minute",
                       android(lambda t: f"{t.y}-{t.mm}-{t.dd} {t.HH} h {t.mi}"))
    yield conversation("android-en-za", "Android en-ZA, year first with slashes",
                       android(lambda t: f"{t.y}/{t.mm}/{t.dd}, {t.HH}:{t.mi}"))
    yield conversation("ios-hu", "iOS hu, year first, dot after every part, no comma",
                       ios(lambda t: f"{t.y}. {t.mm}. {t.dd}. {t.H}:{t.mi}:{t.ss}"))
    yield conversation("ios-hu-12h", "iOS hu, de./du. before the time",
                       ios(lambda t: f"{t.y}. {t.mm}. {t.dd}. {t.half('de.', 'du.')} "
                                     f"{t.h}:{t.mi}:{t.ss}"))
    yield conversation("android-ko", "Android ko, year first, 오전/오후 before the time",
                       android(lambda t: f"{t.y}. {t.m}. {t.d}. {t.half('오전', '오후')} "
                                         f"{t.h}:{t.mi}"))
    yield conversation("ios-ko-short-year", "iOS ko, two-digit year first",
                       ios(lambda t: f"{t.yy}. {t.m}. {t.d}. {t.half('오전', '오후')} "
                                     f"{t.h}:{t.mi}:{t.ss}"))
    yield conversation("android-ja", "Android ja, year first, single-digit hour",
                       android(lambda t: f"{t.y}/{t.mm}/{t.dd} {t.H}:{t.mi}"), "ja")
    yield conversation("ios-ja-12h", "iOS ja, 午前/午後 joined to the time, hours 0 to 11",
                       ios(lambda t: f"{t.y}/{t.mm}/{t.dd} {t.half('午前', '午後')}"
                                     f"{t.k}:{t.mi}:{t.ss}"), "ja")
    yield conversation("android-zh-cn-12h", "Android zh-CN, 上午/下午 joined to the time",
                       android(lambda t: f"{t.y}/{t.m}/{t.d} {t.half('上午', '下午')}{t.h}:{t.mi}"))
    yield conversation("ios-zh-tw-flexible", "iOS zh-TW, U+2009 and flexible periods of the day",
                       ios(lambda t: f"{t.y}/{t.m}/{t.d}{THIN}{chinese_period(t)}"
                                     f"{t.h}:{t.mi}:{t.ss}"),
                       walls=(*WALLS[:2], "2024-03-06T05:30:00", "2024-03-17T08:07:59",
                              "2024-03-17T13:03:07", "2024-03-17T21:25:15", *WALLS[5:]))
    yield conversation("ios-zh-cn-flexible", "iOS zh-CN, 凌晨 早上 上午 中午 下午 晚上",
                       ios(lambda t: f"{t.y}/{t.m}/{t.d} {mainland_period(t)}"
                                     f"{t.h}:{t.mi}:{t.ss}"),
                       walls=(*WALLS[:2], "2024-03-06T05:30:00", "2024-03-17T08:07:59",
                              "2024-03-17T13:03:07", "2024-03-17T21:25:15", *WALLS[5:]))
    yield conversation("ios-mn", "iOS mn, dotted year first, ү.ө./ү.х.",
                       ios(lambda t: f"{t.y}.{t.mm}.{t.dd} {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('ү.ө.', 'ү.х.')}"))
    yield conversation("android-lt-12h", "Android lt, year first, priešpiet/popiet",
                       android(lambda t: f"{t.y}-{t.mm}-{t.dd} {t.hh}:{t.mi} "
                                         f"{t.half('priešpiet', 'popiet')}"))
    yield conversation("android-af-12h", "Android af, year first, vm./nm.",
                       android(lambda t: f"{t.y}-{t.mm}-{t.dd} {t.h}:{t.mi} "
                                         f"{t.half('vm.', 'nm.')}"))
    yield conversation("ios-sv-12h", "iOS sv, year first, fm/em",
                       ios(lambda t: f"{t.y}-{t.mm}-{t.dd} {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('fm', 'em')}"))
    yield conversation("android-eu", "Android eu, two-digit year first, time in parentheses",
                       android(lambda t: f"{t.yy}/{t.m}/{t.d} ({t.HH}:{t.mi})"))
    yield conversation("android-si-12h", "Android si, marker before a dotted time",
                       android(lambda t: f"{t.y}-{t.m}-{t.d}, {t.half('පෙ.ව.', 'ප.ව.')} "
                                         f"{t.h}.{t.mi}"))


def chinese_period(t):
    """CLDR zh-Hant: the names of the parts of the day and their hours."""
    for until, name in ((5, "凌晨"), (8, "清晨"), (12, "上午"), (13, "中午"), (19, "下午")):
        if t.H < until:
            return name
    return "晚上"


def mainland_period(t):
    """CLDR zh."""
    for until, name in ((5, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (19, "下午")):
        if t.H < until:
            return name
    return "晚上"


def german_period(t):
    """CLDR de."""
    for until, name in ((5, "nachts"), (10, "morgens"), (12, "vorm."), (13, "mittags"),
                        (18, "nachm.")):
        if t.H < until:
            return name
    return "abends"


def day_first():
    yield conversation("android-en-in", "Android en-IN, lower-case pm with U+202F, day first",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.yy}, {t.h}:{t.mi}{NNBSP}"
                                         f"{t.half('am', 'pm')}"))
    yield conversation("ios-en-au", "iOS en-AU, lower-case pm, day first",
                       ios(lambda t: f"{t.d}/{t.m}/{t.y}, {t.h}:{t.mi}:{t.ss}{NNBSP}"
                                     f"{t.half('am', 'pm')}"))
    yield conversation("android-en-ph-lower", "Android en-PH, month first, lower-case pm",
                       android(lambda t: f"{t.m}/{t.d}/{t.y}, {t.h}:{t.mi} {t.half('am', 'pm')}"))
    yield conversation("ios-es-co", "iOS es-CO, a. m./p. m. with U+00A0",
                       ios(lambda t: f"{t.d}/{t.mm}/{t.yy}, {t.h}:{t.mi}:{t.ss}{NBSP}"
                                     f"{t.half('a', 'p')}.{NBSP}m."))
    yield conversation("android-fr-legacy", "Android fr, legacy 'à' between date and time",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.y} à {t.HH}:{t.mi}"))
    yield conversation("ios-fi", "iOS fi, klo and dots in the time",
                       ios(lambda t: f"{t.d}.{t.m}.{t.y} klo {t.H}.{t.mi}.{t.ss}"))
    yield conversation("ios-fi-12h", "iOS fi, klo, dots in the time, ap./ip.",
                       ios(lambda t: f"{t.d}.{t.m}.{t.y} klo {t.h}.{t.mi}.{t.ss} "
                                     f"{t.half('ap.', 'ip.')}"))
    yield conversation("android-da", "Android da, dots in the time",
                       android(lambda t: f"{t.dd}.{t.mm}.{t.y} {t.HH}.{t.mi}"))
    yield conversation("android-id", "Android id, slashes in the date, dots in the time",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.yy} {t.HH}.{t.mi}"))
    yield conversation("android-cs", "Android cs, spaces after the dots, dop./odp.",
                       android(lambda t: f"{t.d}. {t.m}. {t.y} {t.h}:{t.mi} "
                                         f"{t.half('dop.', 'odp.')}"))
    yield conversation("android-cs-24h", "Android cs, no comma, two-digit year",
                       android(lambda t: f"{t.dd}.{t.mm}.{t.yy} {t.H}:{t.mi}"))
    yield conversation("ios-sl-12h", "iOS sl, spaces after the dots, dop./pop.",
                       ios(lambda t: f"{t.d}. {t.m}. {t.y}, {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('dop.', 'pop.')}"))
    yield conversation("android-hr", "Android hr, dot after the year",
                       android(lambda t: f"{t.dd}. {t.mm}. {t.y}. {t.HH}:{t.mi}"))
    yield conversation("android-bs", "Android bs, dot after the year, ' u ' before the time",
                       android(lambda t: f"{t.d}. {t.m}. {t.y}. u {t.HH}:{t.mi}"))
    yield conversation("ios-bg", "iOS bg, г. after the year",
                       ios(lambda t: f"{t.d}.{t.mm}.{t.yy} г., {t.H}:{t.mi}:{t.ss}"))
    yield conversation("ios-mk-12h", "iOS mk, г. after the year, претпл./попл.",
                       ios(lambda t: f"{t.d}.{t.m}.{t.y} г., {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('претпл.', 'попл.')}"))
    yield conversation("android-nl", "Android nl, dashes, no comma",
                       android(lambda t: f"{t.dd}-{t.mm}-{t.y} {t.HH}:{t.mi}"))
    yield conversation("ios-el", "iOS el, π.μ./μ.μ.",
                       ios(lambda t: f"{t.d}/{t.m}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('π.μ.', 'μ.μ.')}"))
    yield conversation("android-tr-12h", "Android tr, ÖÖ/ÖS before the time",
                       android(lambda t: f"{t.dd}.{t.mm}.{t.y} {t.half('ÖÖ', 'ÖS')} {t.h}:{t.mi}"))
    yield conversation("ios-tr-12h-after", "iOS tr, ÖÖ/ÖS after the time (older CLDR)",
                       ios(lambda t: f"{t.d}.{t.mm}.{t.y} {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('ÖÖ', 'ÖS')}"))
    yield conversation("android-sq", "Android sq, p.d./m.d.",
                       android(lambda t: f"{t.d}.{t.m}.{t.yy}, {t.h}:{t.mi} "
                                         f"{t.half('p.d.', 'm.d.')}"))
    yield conversation("android-vi", "Android vi, time before the date",
                       android(lambda t: f"{t.HH}:{t.mi} {t.dd}/{t.mm}/{t.y}"))
    yield conversation("ios-vi-12h", "iOS vi, time before the date, SA/CH",
                       ios(lambda t: f"{t.h}:{t.mi}:{t.ss} {t.half('SA', 'CH')}, "
                                     f"{t.d}/{t.m}/{t.yy}"))
    yield conversation("android-ms", "Android ms, PG/PTG",
                       android(lambda t: f"{t.d}/{t.mm}/{t.yy}, {t.h}:{t.mi} "
                                         f"{t.half('PG', 'PTG')}"))
    yield conversation("ios-zh-hk", "iOS zh-HK, day first, 上午/下午 after U+2009",
                       ios(lambda t: f"{t.d}/{t.m}/{t.y}{THIN}{t.half('上午', '下午')}"
                                     f"{t.h}:{t.mi}:{t.ss}"))
    yield conversation("android-uz-12h", "Android uz, TO/TK",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.y}, {t.h}:{t.mi} "
                                         f"{t.half('TO', 'TK')}"))
    yield conversation("android-ky-12h", "Android ky, тң/тк",
                       android(lambda t: f"{t.d}/{t.m}/{t.yy} {t.h}:{t.mi} {t.half('тң', 'тк')}"))
    yield conversation("ios-uk-12h", "iOS uk, дп/пп",
                       ios(lambda t: f"{t.dd}.{t.mm}.{t.y}, {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('дп', 'пп')}"))
    yield conversation("ios-lv-12h", "iOS lv, dot after the year, priekšp./pēcp.",
                       ios(lambda t: f"{t.d}.{t.mm}.{t.y}. {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('priekšp.', 'pēcp.')}"))
    yield conversation("android-ga-12h", "Android ga, r.n./i.n.",
                       android(lambda t: f"{t.d}/{t.m}/{t.yy}, {t.hh}:{t.mi} "
                                         f"{t.half('r.n.', 'i.n.')}"))
    yield conversation("android-is-12h", "Android is, f.h./e.h.",
                       android(lambda t: f"{t.d}.{t.m}.{t.y}, {t.h}:{t.mi} "
                                         f"{t.half('f.h.', 'e.h.')}"))
    yield conversation("android-ku-12h", "Android ku, BN/PN",
                       android(lambda t: f"{t.dd}.{t.mm}.{t.y} {t.hh}:{t.mi} "
                                         f"{t.half('BN', 'PN')}"))
    yield conversation("ios-so", "iOS so, GH/GD",
                       ios(lambda t: f"{t.dd}/{t.mm}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('GH', 'GD')}"))
    yield conversation("android-ha-12h", "Android ha, SF/YM",
                       android(lambda t: f"{t.d}/{t.m}/{t.yy}, {t.h}:{t.mi} "
                                         f"{t.half('SF', 'YM')}"))
    yield conversation("android-de-flexible", "Android de, morgens vorm. mittags nachm. abends "
                       "nachts",
                       android(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.h}:{t.mi} {german_period(t)}"),
                       walls=("2024-03-05T00:05:10", "2024-03-05T12:00:00", "2024-03-05T14:03:07",
                              "2024-03-17T09:07:59", "2024-03-17T10:30:00", "2024-03-17T21:25:15",
                              "2024-12-31T23:59:59", "2025-01-01T00:00:00"))
    yield conversation("android-am", "Android am, ጥዋት/ከሰዓት, Amharic bodies",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.y} {t.h}:{t.mi} "
                                         f"{t.half('ጥዋት', 'ከሰዓት')}"), "am")
    yield conversation("ios-am-before", "iOS am, ጥዋት/ከሰዓት before the time, Amharic bodies",
                       ios(lambda t: f"{t.d}/{t.m}/{t.y} {t.half('ጥዋት', 'ከሰዓት')} "
                                     f"{t.h}:{t.mi}:{t.ss}"), "am")
    yield conversation("android-ti", "Android ti, month first, 24 h, Tigrinya bodies",
                       android(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.HH}:{t.mi}"), "ti")
    yield conversation("android-ti-12h", "Android ti, month first, ቅ.ቀ./ድ.ቀ., Tigrinya bodies",
                       android(lambda t: f"{t.m}/{t.d}/{t.yy} {t.h}:{t.mi} "
                                         f"{t.half('ቅ.ቀ.', 'ድ.ቀ.')}"), "ti")
    yield conversation("android-ur", "Android ur, U+060C after the date, AM/PM, Urdu bodies",
                       android(lambda t: f"{t.d}/{t.m}/{t.yy}، {t.h}:{t.mi} "
                                         f"{t.half('AM', 'PM')}"), "ur")
    yield conversation("android-he", "Android he, dotted, single-digit hour, Hebrew bodies",
                       android(lambda t: f"{t.d}.{t.m}.{t.y}, {t.H}:{t.mi}"), "he")
    yield conversation("ios-ti-12h", "iOS ti, day first, AM/PM, Tigrinya bodies",
                       ios(lambda t: f"{t.dd}/{t.mm}/{t.y}, {t.h}:{t.mi}:{t.ss} "
                                     f"{t.half('AM', 'PM')}"), "ti")


def native_digits():
    yield conversation("ios-ar-sa", "iOS ar-SA, Arabic-Indic digits, U+200F, U+060C",
                       ios(lambda t: digits(f"{t.d}{RLM}/{t.m}{RLM}/{t.y}، {t.h}:{t.mi}:{t.ss}",
                                            ARABIC) + " " + t.half("ص", "م")), "ar")
    yield conversation("ios-ar-ae", "iOS ar-AE, ASCII digits, U+200F round the slashes, U+060C",
                       ios(lambda t: f"{RLM}{t.d}{RLM}/{t.m}{RLM}/{t.y}، {t.HH}:{t.mi}:{t.ss}"),
                       "ar")
    yield conversation("android-ckb", "Android ckb, Arabic-Indic digits, ب.ن/د.ن",
                       android(lambda t: digits(f"{t.d}/{t.m}/{t.y} {t.h}:{t.mi} ", ARABIC)
                               + t.half("ب.ن", "د.ن")))
    yield conversation("android-mr", "Android mr, Devanagari digits",
                       android(lambda t: digits(f"{t.d}/{t.m}/{t.yy}, {t.h}:{t.mi} ", DEVANAGARI)
                               + t.half("AM", "PM")), "hi")
    yield conversation("ios-ne", "iOS ne, Devanagari digits, year first, पूर्वाह्न/अपराह्न",
                       ios(lambda t: digits(f"{t.y}-{t.mm}-{t.dd}, {t.h}:{t.mi}:{t.ss} ",
                                            DEVANAGARI) + t.half("पूर्वाह्न", "अपराह्न")), "hi")
    yield conversation("android-bn", "Android bn, Bengali digits",
                       android(lambda t: digits(f"{t.d}/{t.m}/{t.yy}, {t.h}:{t.mi} ", BENGALI)
                               + t.half("AM", "PM")))
    yield conversation("ios-my", "iOS my, Burmese digits, 24 h",
                       ios(lambda t: digits(f"{t.d}/{t.m}/{t.y} {t.HH}:{t.mi}:{t.ss}", BURMESE)))


def calendars():
    def persian(t):
        year, month, day = t.persian
        return f"{year}/{month}/{day}"

    def padded(t):
        year, month, day = t.persian
        return f"{year}/{month:02}/{day:02}"

    yield conversation("android-fa", "Android fa, Persian digits and calendar",
                       android(lambda t: digits(f"{persian(t)}، {t.HH}:{t.mi}", PERSIAN)), "fa")
    yield conversation("android-fa-12h", "Android fa, Persian digits and calendar, ق.ظ./ب.ظ.",
                       android(lambda t: digits(f"{persian(t)}, {t.h}:{t.mi} ", PERSIAN)
                               + t.half("ق.ظ.", "ب.ظ.")), "fa")
    yield conversation("ios-fa-leap-day", "iOS fa, Persian calendar, 30 Esfand of the leap years "
                       "1399 and 1403",
                       ios(lambda t: digits(f"{padded(t)}, {t.HH}:{t.mi}:{t.ss}", PERSIAN)), "fa",
                       walls=("2021-03-19T10:00:00", "2021-03-20T10:01:00", "2021-03-20T23:59:59",
                              "2021-03-21T00:00:00", "2025-03-19T08:00:00", "2025-03-20T08:00:01",
                              "2025-03-21T00:00:01", "2025-09-22T12:00:00"))
    yield conversation("ios-ps", "iOS ps, Persian digits and calendar, no comma",
                       ios(lambda t: digits(f"{persian(t)} {t.H}:{t.mi}:{t.ss}", PERSIAN)), "fa")
    yield conversation("ios-fa-ascii-digits", "iOS, Persian calendar with ASCII digits",
                       ios(lambda t: f"{padded(t)}, {t.HH}:{t.mi}:{t.ss}"), "fa")
    yield conversation("ios-th-buddhist", "iOS th, Buddhist era, four-digit year",
                       ios(lambda t: f"{t.d}/{t.m}/{t.buddhist} {t.HH}:{t.mi}:{t.ss}"))
    yield conversation("android-th-buddhist-short", "Android th, Buddhist era, two-digit year",
                       android(lambda t: f"{t.d}/{t.m}/{t.buddhist % 100} {t.HH}:{t.mi}"))
    yield conversation("ios-en-buddhist-be", "iOS en-US with the Buddhist calendar: 'BE' and 12 h",
                       ios(lambda t: f"{t.m}/{t.d}/{t.buddhist} BE, {t.h}:{t.mi}:{t.ss}{NNBSP}"
                                     f"{t.half('AM', 'PM')}"))
    yield conversation("ios-ja-era-letter", "iOS ja with the Japanese calendar: R6/3/5",
                       ios(lambda t: f"R{t.reiwa}/{t.m}/{t.d} {t.H}:{t.mi}:{t.ss}"), "ja")
    yield conversation("ios-ja-era-kanji", "iOS ja with the Japanese calendar: 令和6年3月5日",
                       ios(lambda t: f"令和{t.reiwa}年{t.m}月{t.d}日 {t.H}:{t.mi}:{t.ss}"), "ja")
    yield conversation("ios-en-japanese-era", "iOS en-US with the Japanese calendar: 3/5/6 R",
                       ios(lambda t: f"{t.m}/{t.d}/{t.reiwa} R, {t.HH}:{t.mi}:{t.ss}"))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def legacy():
    yield conversation("android-legacy-month-name", "Android of 2013: time first, month in letters",
                       android(lambda t: f"{t.HH}:{t.mi}, {t.d} {MONTHS[t.m - 1]} {t.y}"),
                       walls=tuple(wall.replace("2025", "2014").replace("2024", "2013")
                                   for wall in WALLS))
    yield conversation("android-legacy-year-less", "Android of 2013: no year at all, so no date "
                       "that could be stated",
                       Head(lambda t: f"{t.d} {MONTHS[t.m - 1]} {t.HH}:{t.mi} - ", dated=False),
                       walls=WALLS[:5])
    yield conversation("ios-legacy-colon-12h", "iOS of 2012: colon after the time, month first",
                       Head(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                      f"{t.half('AM', 'PM')}: ", seconds=True),
                       walls=tuple(wall.replace("2025", "2013").replace("2024", "2012")
                                   for wall in WALLS))
    yield conversation("ios-legacy-colon-24h", "iOS of 2014: colon after the time, no comma",
                       Head(lambda t: f"{t.dd}/{t.mm}/{t.y} {t.HH}:{t.mi}:{t.ss}: ", seconds=True),
                       walls=tuple(wall.replace("2025", "2014").replace("2024", "2013")
                                   for wall in WALLS))
    yield conversation("web-copy", "Copied out of WhatsApp Web: time first, day first",
                       Head(lambda t: f"[{t.h}:{t.mi} {t.half('AM', 'PM')}, {t.d}/{t.m}/{t.y}] "))
    yield conversation("web-copy-24h", "Copied out of WhatsApp Web, 24 h",
                       Head(lambda t: f"[{t.HH}:{t.mi}, {t.d}/{t.m}/{t.y}] "))
    yield conversation("mobile-copy-year-less", "Copied out of the phone: no year, so no date that "
                       "could be stated",
                       Head(lambda t: f"[{t.d}/{t.m}, {t.h}:{t.mi} {t.half('AM', 'PM')}] ",
                            dated=False),
                       walls=WALLS[:5])
    yield conversation("android-en-dash", "en dash as separator, month first, seconds",
                       Head(lambda t: f"{t.mm}/{t.dd}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                      f"{t.half('AM', 'PM')} – ", seconds=True))
    yield conversation("android-space-comma", "' , ' between date and time",
                       android(lambda t: f"{t.dd}/{t.mm}/{t.y} , {t.HH}:{t.mi}"))
    yield conversation("ios-minutes-only", "brackets without seconds, no comma, year first",
                       Head(lambda t: f"[{t.y}-{t.mm}-{t.dd} {t.HH}:{t.mi}] "))


def variants():
    yield from year_first()
    yield from day_first()
    yield from native_digits()
    yield from calendars()
    yield from legacy()
