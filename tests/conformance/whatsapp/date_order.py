"""Which number is the day: what settles it, and what does not."""

from chat import LRM, Chat, Head, android, ios
from locales import WITH_ALICE
from peers import GB, IOS_GB

US = android(lambda t: f"{t.mm}/{t.dd}/{t.y}, {t.HH}:{t.mi}")
SHORT_US = android(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.HH}:{t.mi}")
SHORT_GB = android(lambda t: f"{t.d}/{t.m}/{t.yy}, {t.HH}:{t.mi}")


def talk(chat, walls, other=None):
    for number, wall in enumerate(walls):
        author = ("Alice", "Bob")[number % 2]
        chat.say(wall, author, f"message {number + 1}",
                 wall_other=chat.head.wall(other[number]) if other else None)
    return chat


def by_fields():
    yield talk(Chat("order-late-field-over-12", "Only the last day is over 12: day first", GB,
                    WITH_ALICE),
               ("2024-03-05T14:03:00", "2024-03-06T09:00:00", "2024-03-07T10:00:00",
                "2024-03-08T10:00:00", "2024-03-13T08:00:00"))
    yield talk(Chat("order-late-field-over-12-month-first",
                    "Only the last day is over 12: month first", US, WITH_ALICE),
               ("2024-03-05T14:03:00", "2024-03-06T09:00:00", "2024-03-07T10:00:00",
                "2024-03-08T10:00:00", "2024-03-13T08:00:00"))
    yield talk(Chat("order-newest-first", "Every date falls, so order of lines would say month "
                    "first; the last line has no month 13", SHORT_GB, WITH_ALICE),
               ("2024-12-01T10:00:00", "2024-11-02T10:00:00", "2024-10-03T10:00:00",
                "2024-09-04T10:00:00", "2024-08-05T10:00:00", "2024-07-06T10:00:00",
                "2024-01-13T10:00:00"))
    yield (Chat("order-german-text-month-first", "German app on a US device: month first",
                ios(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.HH}:{t.mi}:{t.ss}"))
           .system("2022-03-08T14:56:00", LRM + "Nachrichten und Anrufe sind Ende-zu-Ende-"
                   "verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen oder anhören, "
                   "nicht einmal WhatsApp.", "encryption-notice", shown="Anna",
                   text="Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb "
                   "dieses Chats kann sie lesen oder anhören, nicht einmal WhatsApp.")
           .say("2022-03-09T21:41:35", "Anna", "Guten Morgen")
           .say("2022-03-27T21:46:17", "Ben", "Schön: bis dann")
           .say("2022-04-28T20:17:30", "Anna", "Ja"))


def by_few_days():
    """Two-digit years in a chat of three days: no region writes a padded two-digit year first, so
    25.09.23 is no day of 2025."""
    walls = ("2023-09-25T14:03:00", "2023-09-26T09:00:00", "2023-09-27T10:00:00",
             "2023-09-27T10:05:00")
    yield talk(Chat("order-three-days-de", "Android de, 25.09.23 to 27.09.23",
                    android(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.HH}:{t.mi}"),
                    "WhatsApp Chat mit Alice.txt"), walls)
    yield talk(Chat("order-three-days-in", "Android en-IN, 25/09/23 to 27/09/23",
                    android(lambda t: f"{t.dd}/{t.mm}/{t.yy}, {t.h}:{t.mi} {t.half('am', 'pm')}"),
                    WITH_ALICE), walls)
    yield talk(Chat("order-three-days-us", "iOS en-US, 9/25/23 to 9/27/23",
                    ios(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                  f"{t.half('AM', 'PM')}")), walls)
    yield talk(Chat("order-three-days-ko", "iOS ko, 23. 9. 25. to 23. 9. 27.: year first, as the "
                    "marker before the time says",
                    ios(lambda t: f"{t.yy}. {t.m}. {t.d}. {t.half('오전', '오후')} "
                                  f"{t.h}:{t.mi}:{t.ss}")), walls)
    yield talk(Chat("order-one-day-de", "Android de, all on 25.09.23",
                    android(lambda t: f"{t.dd}.{t.mm}.{t.yy}, {t.HH}:{t.mi}"),
                    "WhatsApp Chat mit Alice.txt"),
               ("2023-09-25T14:03:00", "2023-09-25T14:04:00", "2023-09-25T15:00:00"))


def by_media_names():
    yield (Chat("order-media-name-android", "Every field under 13; the date inside an attached "
                "file's name says day first", GB, WITH_ALICE)
           .beside("IMG-20240305-WA0001.jpg")
           .say("2024-03-05T14:00:00", "Alice", "look")
           .media("2024-03-05T14:03:00", "Alice", "IMG-20240305-WA0001.jpg (file attached)",
                  "IMG-20240305-WA0001.jpg")
           .say("2024-03-05T14:04:00", "Bob", "nice"))
    yield (Chat("order-media-name-android-month-first", "Every field under 13; the date inside an "
                "attached file's name says month first", SHORT_US, WITH_ALICE)
           .say("2024-03-05T14:00:00", "Alice", "look")
           .media("2024-03-05T14:03:00", "Alice", "VID-20240305-WA0007.mp4 (file attached)",
                  "VID-20240305-WA0007.mp4")
           .say("2024-03-06T14:04:00", "Bob", "nice"))
    yield (Chat("order-media-name-ios", "Every field under 13; the time inside an attached file's "
                "name says month first",
                ios(lambda t: f"{t.mm}/{t.dd}/{t.y}, {t.HH}:{t.mi}:{t.ss}"))
           .say("2024-03-05T10:11:02", "Alice", "look")
           .media("2024-03-05T10:11:12", "Alice",
                  f"{LRM}<attached: 00000002-PHOTO-2024-03-05-10-11-12.jpg>",
                  "00000002-PHOTO-2024-03-05-10-11-12.jpg", mark=LRM)
           .say("2024-03-05T10:12:00", "Bob", "nice"))
    yield (talk(Chat("order-sibling-names", "Every field under 13; the files beside the text are "
                     "named by the days of a day-first reading", GB, WITH_ALICE),
                ("2024-03-05T14:00:00", "2024-03-06T14:00:00", "2024-04-07T14:00:00"))
           .beside("IMG-20240305-WA0000.jpg").beside("PTT-20240306-WA0003.opus")
           .beside("IMG-20240407-WA0001.jpg"))


def by_bounds_and_order():
    yield (talk(Chat("order-archive-time", "Every field under 13; read day first, the messages "
                     "would be younger than the archive", US, WITH_ALICE),
                ("2024-05-10T14:00:00", "2024-05-11T14:00:00", "2024-06-11T14:00:00"))
           .beside("Contact.vcf", 210, "2024-06-20T10:00:00")
           .beside("Photo.jpg", 51234, "2024-06-20T10:00:00")
           .beside("Note.opus", 9120, "2024-06-20T10:00:02"))
    days = ("2024-03-01", "2024-03-05", "2024-03-09", "2024-03-12", "2024-04-02", "2024-04-06",
            "2024-04-10", "2024-05-01", "2024-05-03", "2024-05-11", "2024-06-02", "2024-06-08")
    walls = tuple(f"{day}T10:{number:02}:00" for number, day in enumerate(days))
    yield talk(Chat("order-monotonic-day-first", "Every field under 13; only day first runs "
                    "forward in time", GB, WITH_ALICE), walls)
    yield talk(Chat("order-monotonic-month-first", "Every field under 13; only month first runs "
                    "forward in time", US, WITH_ALICE), walls)
    yield (Chat("order-encryption-line-late", "The encryption line is dated after the first "
                "messages, as real groups have it", GB, "WhatsApp Chat with Family.txt")
           .system("2023-01-17T16:13:00", "Messages and calls are end-to-end encrypted. No one "
                   "outside of this chat, not even WhatsApp, can read or listen to them. Tap to "
                   "learn more.", "encryption-notice")
           .system("2023-01-17T16:11:00", 'Alice created group "Family"', "group-created")
           .system("2023-01-17T16:11:00", "Alice added you", "member-added")
           .say("2023-01-17T16:12:00", "Alice", "welcome")
           .say("2023-01-18T08:00:00", "Bob", "hi"))


def undecided():
    yield talk(Chat("undecided-android-one-day", "One day, both fields under 13: both readings "
                    "stay, day first shown", GB, WITH_ALICE),
               ("2024-03-05T14:00:00", "2024-03-05T14:01:00", "2024-03-05T14:02:00"),
               ("2024-05-03T14:00:00", "2024-05-03T14:01:00", "2024-05-03T14:02:00"))
    yield talk(Chat("undecided-ios-one-day", "iOS, one day, both fields under 13: both readings "
                    "stay", IOS_GB),
               ("2024-07-08T23:59:58", "2024-07-08T23:59:59", "2024-07-08T23:59:59"),
               ("2024-08-07T23:59:58", "2024-08-07T23:59:59", "2024-08-07T23:59:59"))
    yield talk(Chat("undecided-android-neighbour-days", "Two neighbouring days that run forward in "
                    "both readings", GB, WITH_ALICE),
               ("2024-03-05T14:00:00", "2024-03-06T14:01:00", "2024-03-06T14:02:00"),
               ("2024-05-03T14:00:00", "2024-06-03T14:01:00", "2024-06-03T14:02:00"))


def twelve_hours():
    edges = ("2024-03-14T00:00:00", "2024-03-14T00:59:59", "2024-03-14T01:00:00",
             "2024-03-14T11:59:59", "2024-03-14T12:00:00", "2024-03-14T12:59:59",
             "2024-03-14T13:00:00", "2024-03-14T23:59:59")
    yield talk(Chat("clock-12h-edges", "12:00 AM, 12:59 AM, 12:00 PM, 12:59 PM and their "
                    "neighbours",
                    ios(lambda t: f"{t.m}/{t.d}/{t.yy}, {t.h}:{t.mi}:{t.ss} "
                                  f"{t.half('AM', 'PM')}")), edges)
    yield talk(Chat("clock-12h-zero", "00:04 AM and 00:15 PM: hours 0 to 11 with a marker",
                    Head(lambda t: f"{t.dd}/{t.mm}/{t.y}, {t.k:02}:{t.mi} "
                                   f"{t.half('am', 'pm')} - ")), edges)


def variants():
    yield from by_fields()
    yield from by_few_days()
    yield from by_media_names()
    yield from by_bounds_and_order()
    yield from undecided()
    yield from twelve_hours()
