"""The sixteen variants on which eight well-known readers were measured (none read all of them)."""

from chat import ARABIC, NBSP, NNBSP, RLM, Chat, android, digits, ios

ENCRYPTED = ("Messages and calls are end-to-end encrypted. No one outside of this chat, not even "
             "WhatsApp, can read or listen to them. Tap to learn more.")

GB = android(lambda t: f"{t.dd}/{t.mm}/{t.y}, {t.HH}:{t.mi}")
IOS_GB = ios(lambda t: f"{t.dd}/{t.mm}/{t.y}, {t.HH}:{t.mi}:{t.ss}")


def short(name, about, head, file="WhatsApp Chat with Alice.txt"):
    """Four messages round the edges of the clock, on days that settle the date order."""
    return (Chat(name, about, head, file)
            .say("2023-01-15T00:05:09", "Alice", "Good night")
            .say("2023-01-15T12:00:00", "Bob", "Lunch?")
            .say("2023-01-31T15:04:05", "Alice", "At three")
            .say("2023-02-03T23:59:59", "Bob", "Late again"))


def variants():
    yield short("peer-android-24h", "Android en-GB, 24 h, dd/mm/yyyy", GB)
    yield short("peer-android-us-12h-nnbsp", "Android en-US, 12 h, U+202F before AM/PM",
                android(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}{NNBSP}{t.half('AM', 'PM')}"))
    yield short("peer-android-dotted-short", "Android de, dd.mm.yy",
                android(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.HH}:{t.mi}"),
                "WhatsApp Chat mit Alice.txt")
    yield short("peer-android-dotted-no-comma", "Android tr, dd.mm.yyyy without a comma",
                android(lambda t: f"{t.dd}.{t.mm}.{t.y} {t.HH}:{t.mi}"))
    yield short("peer-android-iso", "Android sv, yyyy-mm-dd without a comma",
                android(lambda t: f"{t.y}-{t.mm}-{t.dd} {t.HH}:{t.mi}"))
    yield short("peer-android-es-p-m", "Android es-MX, p. m. with U+00A0 inside, U+202F before",
                android(lambda t: f"{t.d}/{t.m}/{t.yy}, {t.h}:{t.mi}{NNBSP}"
                                  f"{t.half('a', 'p')}.{NBSP}m."),
                "Chat de WhatsApp con Alice.txt")
    yield short("peer-android-arabic-digits", "Android ar-EG, Arabic-Indic digits, U+200F, U+060C",
                android(lambda t: digits(f"{t.d}{RLM}/{t.m}{RLM}/{t.y}، {t.h}:{t.mi} ", ARABIC)
                        + t.half("ص", "م")))
    yield short("peer-ios-24h", "iOS en-GB, 24 h", IOS_GB, "_chat.txt")
    yield short("peer-ios-us-12h", "iOS en-US, 12 h, two-digit year",
                ios(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}:{t.ss} {t.half('AM', 'PM')}"),
                "_chat.txt")
    yield short("peer-ios-korean", "iOS ko, year first, marker before the time",
                ios(lambda t: f"{t.y}. {t.m}. {t.d}. {t.half('오전', '오후')} {t.h}:{t.mi}:{t.ss}"),
                "_chat.txt")
    yield (Chat("peer-bracket-in-text", "iOS en-GB, ] and [ inside the text", IOS_GB)
           .say("2023-01-15T10:00:00", "Alice", "see [1] and [2] first")
           .say("2023-01-15T10:00:20", "Bob", "array[0] = x; ] done")
           .say("2023-01-15T10:01:00", "Alice", "[sic] Bob: no]"))
    yield (Chat("peer-multi-line", "iOS en-GB, text over several lines with an empty one", IOS_GB)
           .say("2023-01-15T10:00:00", "Alice", "first\nsecond\n\nfourth")
           .say("2023-01-15T10:00:20", "Bob", "one line")
           .say("2023-01-15T10:01:00", "Alice", "a\nb"))
    yield (Chat("peer-dash-in-second-line", "Android en-GB, ' - ' in a continuation line", GB,
                "WhatsApp Chat with Alice.txt")
           .say("2023-01-15T10:00:00", "Alice", "list:\nmilk - two\n - bread: one\n- eggs")
           .say("2023-01-15T10:01:00", "Bob", "ok")
           .say("2023-01-16T10:01:00", "Alice", "more\n10 - 4 = 6"))
    yield (Chat("peer-dash-in-text", "Android en-GB, ' - ' in the text", GB,
                "WhatsApp Chat with Alice.txt")
           .say("2023-01-15T10:00:00", "Alice", "the 9:15 - no, the 9:45 - train")
           .say("2023-01-15T10:01:00", "Bob", "well - ok: fine - good")
           .say("2023-01-16T10:02:00", "Alice", "- -"))
    yield (Chat("peer-phone-author", "Android en-GB, telephone numbers as authors", GB,
                "WhatsApp Chat with +44 7700 900123.txt")
           .say("2023-01-15T10:00:00", "+44 7700 900123", "Who is this?")
           .say("2023-01-15T10:01:00", "+1 (202) 555-0147", "Wrong number")
           .say("2023-01-16T10:02:00", "+44 7700 900123", "ok"))
    yield (Chat("peer-arabic-author", "Android en-GB, Arabic author and text", GB,
                "WhatsApp Chat with ليلى.txt")
           .say("2023-01-15T10:00:00", "ليلى", "صباح الخير يا سامي")
           .say("2023-01-15T10:01:00", "سامي", "صباح النور: كيف الحال؟")
           .say("2023-01-16T10:02:00", "ليلى", "الحمد لله - بخير"))
