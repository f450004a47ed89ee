"""What a variant is: one export as WhatsApp would have written it, and the truth about it.

A variant is written from the truth: the wall clock, author and text of every message are given
first, the file is made from them. Nothing here reads a file back, so that a reader under test can
agree with the expectation only by reading the file rightly.
"""

import datetime
import json

LRM = "\u200e"
RLM = "\u200f"
LRE = "\u202a"
PDF = "\u202c"
NBSP = "\u00a0"
NNBSP = "\u202f"
THIN = "\u2009"
BOM = "\ufeff"

ARABIC = "٠١٢٣٤٥٦٧٨٩"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
DEVANAGARI = "०१२३४५६७८९"
BENGALI = "০১২৩৪৫৬৭৮৯"
BURMESE = "၀၁၂၃၄၅၆၇၈၉"

# First day (Gregorian, of March) of Persian years: an astronomical fact, not a formula.
NOWRUZ = {1398: 21, 1399: 20, 1400: 21, 1401: 21, 1402: 21, 1403: 20, 1404: 21, 1405: 21}


def digits(text, script):
    """`text` with its ASCII digits replaced by those of `script`."""
    return text.translate({ord("0") + value: glyph for value, glyph in enumerate(script)})


# How the applications name the file of a chat: before and after the chat's own name.
FILE_NAMES = (
    ("WhatsApp Chat with ", ""), ("WhatsApp Chat mit ", ""), ("Discussion WhatsApp avec ", ""),
    ("Chat de WhatsApp con ", ""), ("Chat WhatsApp con ", ""), ("Conversa do WhatsApp com ", ""),
    ("WhatsApp-chat met ", ""), ("Чат WhatsApp с контактом ", ""),
    ("", " ile WhatsApp Sohbeti"), ("محادثة واتساب مع ", ""))


class Clock:
    """The parts of a wall clock, ready for an f-string.

    d, m, y, H, h: as a bare number (h is 1 to 12, k is 0 to 11); doubled letters: two digits.
    """

    def __init__(self, wall):
        moment = datetime.datetime.fromisoformat(wall)
        self.date = moment.date()
        self.d, self.m, self.y = moment.day, moment.month, moment.year
        self.H, self.k = moment.hour, moment.hour % 12
        self.h = self.k or 12
        self.dd, self.mm, self.yy = f"{self.d:02}", f"{self.m:02}", f"{self.y % 100:02}"
        self.HH, self.hh = f"{self.H:02}", f"{self.h:02}"
        self.mi, self.ss = f"{moment.minute:02}", f"{moment.second:02}"
        self.buddhist = self.y + 543
        self.reiwa = self.y - 2018

    def half(self, morning, afternoon):
        """The marker of the half of the day."""
        return morning if self.H < 12 else afternoon

    @property
    def persian(self):
        """Year, month and day of the Persian solar calendar."""
        year = self.y - 621
        if self.date < datetime.date(self.y, 3, NOWRUZ[year]):
            year -= 1
        gone = (self.date - datetime.date(year + 621, 3, NOWRUZ[year])).days
        if gone < 186:
            return year, gone // 31 + 1, gone % 31 + 1
        return year, (gone - 186) // 30 + 7, (gone - 186) % 30 + 1


class Head:
    """How a line begins: a function from Clock to the text in front of the author."""

    def __init__(self, write, seconds=False, dated=True):
        self.write = write
        self.seconds = seconds
        self.dated = dated  # False: the line does not state a full date

    def wall(self, wall):
        if not self.dated:
            return None
        return wall if self.seconds else wall[:16]


def android(date_time):
    return Head(lambda t: date_time(t) + " - ")


def ios(date_time):
    return Head(lambda t: f"[{date_time(t)}] ", seconds=True)


class Chat:
    """One variant. Messages are added in source order; `finish` gives the files."""

    def __init__(self, name, about, head, file="_chat.txt", newline="\n"):
        self.name = name
        self.about = about
        self.head = head
        self.file = file
        self.newline = newline
        self.encoding = "utf-8"
        self.signature = ""  # in front of the whole text
        self.final_newline = True
        self.siblings = []
        self._lines = []  # (text, line end) pairs
        self._expected = []
        self._replacements = []

    def say(self, wall, author, raw, *, text=None, mark="", colon=": ", shown=None, head=None,
            newline=None, kind="text", **truth):
        """One message: `raw` is the body as written, `text` as a reader of the chat sees it
        (default: the same); `shown` is the author as written where it differs from the name.
        `mark` stands in front of the whole line. `truth` are the optional expected keys."""
        head = head or self.head
        written = author if shown is None else shown
        prefix = mark + head.write(Clock(wall)) + (written + colon if written else "")
        self._put(prefix + raw, newline)
        line = {"author": author, "text": raw if text is None else text, "type": kind,
                "wall": head.wall(wall)}
        line.update({key: value for key, value in truth.items() if value is not None})
        self._expected.append(line)
        return self

    def system(self, wall, raw, action=None, **more):
        """A line of the application itself. `shown` is what stands in the author's place."""
        return self.say(wall, None, raw, kind="system", action=action, **more)

    def media(self, wall, author, raw, name=None, text="", **more):
        """A message with a file: `name` None means that it was left out of the export."""
        state = "omitted" if name is None else "present"
        return self.say(wall, author, raw, text=raw if name is None and not text else text,
                        kind=more.pop("kind", "media"), attachment=name, attachment_state=state,
                        **more).keep_null("attachment")

    def keep_null(self, key):
        self._expected[-1].setdefault(key, None)
        return self

    def _put(self, text, newline=None):
        newline = self.newline if newline is None else newline
        for part in text.split("\n"):
            self._lines.append((part, newline))

    def beside(self, name, size=4711, modified=""):
        """A file in the same folder. `modified`: ISO, with Z for UTC, without for a zip's clock."""
        self.siblings.append((name, size, modified))
        return self

    def corrupt(self, marker, raw):
        """After encoding, `marker` becomes the bytes `raw`; in the expectation U+FFFD stands for
        each maximal ill-formed subpart, which the caller writes into `text`."""
        self._replacements.append((marker.encode(), raw))
        return self

    def bytes(self):
        lines = self._lines if self.final_newline else [*self._lines[:-1], (self._lines[-1][0], "")]
        content = self.signature + "".join(text + end for text, end in lines)
        data = content.encode(self.encoding)
        for marker, raw in self._replacements:
            assert data.count(marker) == 1, self.name
            data = data.replace(marker, raw)
        return data

    def files(self):
        """Name and bytes of every file of the variant's folder."""
        expected = "".join(
            json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            for line in self._expected)
        out = {self.file: self.bytes(), "expected.jsonl": expected.encode(),
               "about.txt": (self.about + "\n").encode()}
        if self.title:
            out["title.txt"] = (self.title + "\n").encode()
        if self.siblings:
            rows = sorted(self.siblings, key=lambda row: row[0].encode())
            out["siblings.tsv"] = "".join(f"{n}\t{s}\t{t}\n" for n, s, t in rows).encode()
        return out

    @property
    def title(self):
        """The name of the chat, where the file's name states it."""
        stem = self.file.removesuffix(".txt")
        for before, after in FILE_NAMES:
            if stem.startswith(before) and stem.endswith(after):
                return stem[len(before):len(stem) - len(after)]
        return None

    @property
    def count(self):
        return len(self._expected)
