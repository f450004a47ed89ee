"""Writes a chat the way the WhatsApp export of one phone does, and what a reader must get back.

`write(chat, export)` returns the text of the export, its media files and, for every message, the
expectation in the form of the conformance suite: author, text, type, wall clock and what applies.
"""

from dataclasses import dataclass
from datetime import timedelta

from harbour_media import DOCUMENTS, FILES

LRM, RLM, LRE, PDF, NNBSP = "\u200e", "\u200f", "\u202a", "\u202c", "\u202f"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
PERSIAN_NEW_YEAR = {1402: "2023-03-21", 1403: "2024-03-20"}
PERSIAN_MONTHS = (31,) * 6 + (30,) * 5 + (30,)


@dataclass(frozen=True)
class Words:
    attached: str
    omitted: str
    deleted: str
    deleted_own: str
    edited: str
    location: str
    missed: str
    system: dict


ENGLISH_SYSTEM = {
    "encryption-notice": "Messages and calls are end-to-end encrypted. No one outside of this "
                         "chat, not even WhatsApp, can read or listen to them.",
    "group-created": "{author} created group “Harbour”",
    "member-added": "{author} added {who}",
    "member-left": "{author} left",
    "subject-changed": "{author} changed the group name from “{before}” to “{after}”",
    "number-changed": "{before} changed to {after}",
}
IOS = Words("<attached: {name}>", "{kind} omitted", "This message was deleted.",
            "You deleted this message.", "<This message was edited>", "Location: ",
            "Missed voice call", ENGLISH_SYSTEM)
ANDROID = Words("{name} (file attached)", "<Media omitted>", "This message was deleted",
                "You deleted this message", "<This message was edited>", "location: ",
                "Missed voice call",
                {key: text.replace("“", '"').replace("”", '"')
                 for key, text in ENGLISH_SYSTEM.items()})
ARABIC = Words("{name} (الملف مرفق)", "<تم استبعاد الوسائط>", "تم حذف هذه الرسالة",
               "حذفت هذه الرسالة", "<تم تعديل هذه الرسالة>", "الموقع: ", "مكالمة صوتية فائتة",
               {"encryption-notice": "الرسائل والمكالمات مشفرة تمامًا بين الطرفين. لا يمكن لأي شخص "
                                     "ولا حتى واتساب قراءتها أو الاستماع إليها."})
PERSIAN = Words("فایل پیوست شد {name}", "<رسانه پیوست نشده>", "این پیام حذف شده است",
                "این پیام را حذف کردید", "<این پیام ویرایش شد>", "موقعیت مکانی: ",
                "تماس صوتی بی‌پاسخ",
                {"encryption-notice": "پیام‌ها و تماس‌ها با رمزگذاری سرتاسری محفوظ هستند. هیچ‌کس "
                                      "خارج از این گفتگو نمی‌تواند آن‌ها را بخواند یا بشنود."})


def persian_date(when):
    """Year, month and day of the Persian calendar; the story touches the years 1402 and 1403."""
    day = when.date()
    year = max(y for y, start in PERSIAN_NEW_YEAR.items() if str(day) >= start)
    rest = (day - day.fromisoformat(PERSIAN_NEW_YEAR[year])).days
    for month, length in enumerate(PERSIAN_MONTHS, 1):
        if rest < length:
            return year, month, rest + 1
        rest -= length
    raise ValueError(f"{day} lies behind the years of the table")


def stamp_ios(when):
    return f"[{when:%d/%m/%Y, %H:%M:%S}] "


def stamp_android(when):
    return f"{when:%d/%m/%Y, %H:%M} - "


def stamp_android_short(when):
    return f"{when:%d/%m/%y, %H:%M} - "


def stamp_arabic(when):
    half = "م" if when.hour >= 12 else "ص"
    clock = f"{when.hour % 12 or 12}:{when:%M}"
    return (f"{RLM}{when.day}{RLM}/{when.month}{RLM}/{when.year}، {clock}"
            ).translate(ARABIC_DIGITS) + f"{NNBSP}{half} - "


def stamp_persian(when):
    year, month, day = persian_date(when)
    return f"{year}/{month}/{day}،{RLM} {when:%H:%M} - ".translate(PERSIAN_DIGITS)


@dataclass(frozen=True)
class Export:
    path: str  # below the folder of the case; a .zip holds _chat.txt and the media
    title: str
    owner: str
    words: Words
    stamp: object
    utc_offset: int
    date_order: str
    shown_as: dict  # story name -> how the phone shows the author, where it differs
    calls_have_author: bool = True

    @property
    def ios(self):
        return self.words is IOS


class _Writer:
    def __init__(self, export):
        self.export, self.words = export, export.words
        self.media, self.lines, self.expected, self.attachments = {}, [], [], []
        self.android_number = 0

    def name(self, author):
        return self.export.shown_as.get(author, author)

    def file_name(self, message, ordinal, when):
        ios_kind, android_kind, extension, data = FILES[message.media]
        if self.export.ios:
            time = "" if message.media in DOCUMENTS else f"-{when:%Y-%m-%d-%H-%M-%S}"
            return f"{ordinal:08d}-{ios_kind}{time}{extension}"
        if message.media in DOCUMENTS:
            return android_kind + extension
        self.android_number += 1
        return f"{android_kind}-{when:%Y%m%d}-WA{self.android_number:04d}{extension}"

    def body(self, message, ordinal, when, fact):
        """The text behind "author: "; fills in what is expected of it."""
        mark = LRM if self.export.ios else ""
        kind = message.type
        if kind == "text":
            fact["text"] = message.text
            if not message.edited:
                return message.text
            fact["edited"] = 1
            return f"{message.text} {mark}{self.words.edited}"
        if kind == "media" and message.media:
            return self.attached(message, ordinal, when, fact, mark)
        if kind == "media":
            fact.update(attachment=None, attachment_state="omitted")
            text = self.words.omitted.format(kind=message.media_kind)
        elif kind == "location":
            fact.update(latitude=message.latitude, longitude=message.longitude)
            text = (f"{self.words.location}https://maps.google.com/?q="
                    f"{message.latitude},{message.longitude}")
        elif kind == "deleted":
            fact["deleted"] = 1
            own = message.author == self.export.owner
            text = self.words.deleted_own if own else self.words.deleted
        elif kind == "call":
            fact["action"] = message.action
            text = self.words.missed
        else:
            fact["poll"] = {"question": message.question,
                            "options": [list(option) for option in message.options]}
            options = [f"{mark}OPTION: {label} ({votes} vote{'' if votes == 1 else 's'})"
                       for label, votes in message.options]
            text = "\n".join(["POLL:", message.question] + options)
        fact["text"] = text
        return mark + text

    def attached(self, message, ordinal, when, fact, mark):
        name = self.file_name(message, ordinal, when)
        data = FILES[message.media][3]
        if not message.media_lost:
            self.media[name] = data
        self.attachments.append((ordinal, name, None if message.media_lost else data))
        fact.update(attachment=name, attachment_state="present", text=message.text or "")
        if name.endswith(".vcf"):
            # A card is what the line says, not a picture beside it: the line itself is the text.
            fact.update(type="contact", text=self.words.attached.format(name=name))
        reference = mark + self.words.attached.format(name=name)
        if not message.text:
            return reference
        return f"{message.text} {reference}" if self.export.ios else f"{reference}\n{message.text}"

    def system_text(self, message):
        facts = {key: self.name(value) for key, value in message.names.items()}
        if message.action == "number-changed":
            facts = {key: f"{LRE}{value}{PDF}" if self.export.ios else value
                     for key, value in (("before", message.before), ("after", message.after))}
        return self.words.system[message.action].format(**facts)

    def add(self, message, ordinal):
        when = message.when + timedelta(hours=self.export.utc_offset)
        wall = when.isoformat(timespec="seconds" if self.export.ios else "minutes")
        fact = {"author": message.author and self.name(message.author), "text": "",
                "type": message.type, "wall": wall}
        if message.type == "system":
            text = self.system_text(message)
            fact.update(text=text, action=message.action)
            if message.before:
                fact["identity"] = {"before": message.before, "after": message.after}
            before_text = f"{self.export.title}: {LRM}" if self.export.ios else ""
            line = self.export.stamp(when) + before_text + text
        else:
            text = self.body(message, ordinal, when, fact)
            if message.type == "call" and not self.export.calls_have_author:
                fact["author"] = None
            author = fact["author"]
            before_text = f"{author}: " if author else ""
            early = LRM if self.export.ios and LRM in text and not message.edited else ""
            line = early + self.export.stamp(when) + before_text + text
        if self.export.date_order == "undecided":
            other = when.replace(day=when.month, month=when.day)
            fact["wall_other"] = other.isoformat(timespec="minutes")
        self.lines.append(line)
        self.expected.append(fact)


def write(messages, export):
    """(text of the export, {file name: bytes}, expectations, [(ordinal, name, bytes or None)])."""
    writer = _Writer(export)
    for ordinal, message in enumerate(messages, 1):
        writer.add(message, ordinal)
    newline = "\r\n" if export.ios else "\n"
    text = "".join(line.replace("\n", newline) + newline for line in writer.lines)
    return text, writer.media, writer.expected, writer.attachments
