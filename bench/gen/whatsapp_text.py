#!/usr/bin/env python3
"""Writes a WhatsApp text export of any length, for benchmarks.

    whatsapp_text.py --n 1000000 --seed 1 --dialect android -o chat.txt --truth truth.json

The same (n, seed, dialect) gives the same bytes. Memory does not grow with n. The texts are made-up
words of four scripts with the spread of lengths, repeats and rare words that a search index meets
in practice, and a few real words to search for.

`--truth` counts what a reader must find: `records` = `messages` + `system`; `attachments` name a
file, `omitted` are media left out of the export.
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable

SENDERS = (
    "Ada", "Bilal", "Chiara", "Dmitri", "Elif", "Farid", "Gul", "Hana", "Idris", "Jonas", "Karim",
    "Layla", "Marek", "Nadia", "Omar", "Petra", "Qasim", "Rosa", "Samir", "Tesfay", "Uma",
    "Viktor", "Wanda", "Yusuf", "Zeynep", "سارة", "يوسف", "رضا", "مریم", "Анна", "Иван", "ሰላም",
    "Mr. Smith", "Anna-Lena", "Captain 🚤", "~ Guest", "+44 7700 900101", "+44 7700 900102",
    "+1 202 555 0143", "+1 202 555 0177",
)
# script -> (share of the texts in percent, alphabet, word lengths, words in a phrase, real words)
SCRIPTS = {
    "latin": (60, "aeiounrstlmdkpgbé", (2, 9), (3, 8), ("passport", "boat", "price", "van")),
    "arabic": (25, "ابتثجحدرسشعفقكلمنهويپچگی", (2, 6), (2, 6), ("قارب", "قایق", "جواز", "سعر")),
    "cyrillic": (10, "аеиоунрстлмдкпгбв", (2, 8), (2, 5), ("паспорт", "лодка", "цена", "граница")),
    "ethiopic": (5, "ሀለመረሰሸቀበተነአከወዘየደገጠጸፈ", (2, 4), (2, 5), ("ዋጋ", "ጀልባ", "ፓስፖርት", "ገንዘብ")),
}
WORDS, PHRASES = 12000, 24000
REAL_WORD_RANKS = (10, 100, 1000, 6000)  # from a word of every day to a rare one
FIRST_DAY = date(2015, 1, 1)
SPAN = 9 * 365 * 86400
LRM, NNBSP = "\u200e", "\u202f"


class Draw:
    """Draws from nothing but getrandbits, whose stream every Python 3 shares."""

    def __init__(self, seed):
        self.bits = random.Random(seed).getrandbits

    def below(self, n):
        return self.bits(32) * n >> 32

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def skewed(self, n):
        """Small numbers much more often than large ones, as words are used."""
        return self.bits(16) ** 3 * n >> 48


def phrases_of(draw, alphabet, word_lengths, phrase_lengths, real):
    words = ["".join(alphabet[draw.below(len(alphabet))]
                     for _ in range(draw.between(*word_lengths))) for _ in range(WORDS)]
    for rank, word in zip(REAL_WORD_RANKS, real):
        words[rank] = word
    return [" ".join(words[draw.skewed(WORDS)] for _ in range(draw.between(*phrase_lengths)))
            for _ in range(PHRASES)]


@dataclass(frozen=True)
class Dialect:
    """How one kind of phone writes a header, a marker and a line end."""

    newline: str
    mark: str
    attached: str
    omitted: str
    deleted: str
    system_author: str
    day: Callable
    clock: Callable


def android_clock(second):
    return f", {second // 3600:02}:{second // 60 % 60:02} - "


def ios_clock(second):
    return f", {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}] "


def us_clock(second):
    hour = second // 3600
    half = "PM" if hour >= 12 else "AM"
    return f", {hour % 12 or 12}:{second // 60 % 60:02}{NNBSP}{half} - "


DIALECTS = {
    "android": Dialect(
        "\n", "", "IMG-{day:%Y%m%d}-WA{n:04}.jpg (file attached)", "<Media omitted>",
        "This message was deleted", "", lambda day: f"{day:%d/%m/%Y}", android_clock),
    "ios": Dialect(
        "\r\n", LRM, "<attached: {n:08}-PHOTO-{day:%Y-%m-%d}-12-00-00.jpg>", "image omitted",
        "This message was deleted.", "Bench Group: " + LRM, lambda day: f"[{day:%d/%m/%Y}",
        ios_clock),
    "us12": Dialect(
        "\n", "", "IMG-{day:%Y%m%d}-WA{n:04}.jpg (file attached)", "<Media omitted>",
        "This message was deleted", "", lambda day: f"{day.month}/{day.day}/{day:%y}", us_clock),
}


class Chat:
    def __init__(self, n, seed, dialect):
        self.n, self.form = n, DIALECTS[dialect]
        self.draw = Draw(seed)
        pools = [(share, phrases_of(self.draw, alphabet, words, length, real))
                 for share, alphabet, words, length, real in SCRIPTS.values()]
        self.pool_of_percent = [pool for share, pool in pools for _ in range(share)]
        self.senders = [name + ": " for name in SENDERS]
        self.truth = {"records": n, "messages": 0, "system": 0, "attachments": 0, "omitted": 0}

    def special(self, kind, number, day):
        """The body of a message that is no plain text."""
        form, draw = self.form, self.draw
        if kind < 2:
            self.truth["attachments"] += 1
            return form.attached.format(day=day, n=number % 10000)
        if kind < 5:
            self.truth["omitted"] += 1
            return form.omitted
        if kind == 5:
            return form.deleted
        if kind == 6:
            return "Missed voice call"
        latitude = f"{draw.between(20, 59)}.{draw.below(1000000):06}"
        longitude = f"{draw.below(50)}.{number % 1000:03}"
        label = "Location" if form.mark else "location"
        return f"{label}: https://maps.google.com/?q={latitude},{longitude}"

    def system(self, number):
        name = SENDERS[number % len(SENDERS)]
        texts = (f"{name} left", f"{name} joined using this group's invite link",
                 f"{name} changed the group description",
                 f"Your security code with {name} changed. Tap to learn more.")
        return self.form.system_author + texts[number % len(texts)]

    def lines(self):
        """One string for each record, line end included."""
        form, bits, newline = self.form, self.draw.bits, self.form.newline
        pools, senders, seconds = self.pool_of_percent, self.senders, 86400
        mean_gap = max(1, min(300, SPAN // max(self.n, 1)))
        clock, day = 0, FIRST_DAY
        day_text, clocks = form.day(day), {}
        system = 0
        for number in range(self.n):
            dice = bits(64)
            clock += (dice & 0x3FF) * 2 * mean_gap >> 10
            while clock >= seconds:
                clock -= seconds
                day += timedelta(days=1)
                day_text = form.day(day)
            stamp = clocks.get(clock)
            if stamp is None:
                stamp = clocks[clock] = form.clock(clock)
            kind = (dice >> 10 & 0x3FF) * 1000 >> 10
            if kind < 10 or number == 0:
                system += 1
                yield day_text + stamp + self.system(dice >> 40) + newline
                continue
            sender = senders[(dice >> 20 & 0xFF) * len(senders) >> 8]
            if kind < 90:
                body = self.special(kind // 10 - 1, number, day)
                yield f"{form.mark}{day_text}{stamp}{sender}{form.mark}{body}{newline}"
                continue
            pool = pools[(dice >> 28 & 0x3FF) * 100 >> 10]
            body = pool[(dice >> 38 & 0x7FFF) * PHRASES >> 15]
            if dice >> 53 & 7 == 0:
                body += f" {dice >> 44 & 0xFFFF}"
            if kind < 240:
                body += newline + pool[(dice >> 48) * PHRASES >> 16]
            elif dice >> 56 & 3 == 0:
                body += ", " + pool[dice >> 48 & 0x3FFF]
            yield f"{day_text}{stamp}{sender}{body}{newline}"
        self.truth["system"] = system
        self.truth["messages"] = self.n - system


def write(chat, out, batch=8192):
    size, pending = 0, []

    def flush():
        data = "".join(pending).encode()
        out.write(data)
        pending.clear()
        return len(data)

    for line in chat.lines():
        pending.append(line)
        if len(pending) == batch:
            size += flush()
    chat.truth["bytes"] = size + flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, required=True, help="messages and system lines together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dialect", choices=sorted(DIALECTS), default="android")
    parser.add_argument("-o", "--output", required=True, help="file, or - for standard output")
    parser.add_argument("--truth", help="where to write the counts, as JSON")
    wanted = parser.parse_args()
    if wanted.n < 0:
        parser.error("--n must not be negative")

    chat = Chat(wanted.n, wanted.seed, wanted.dialect)
    if wanted.output == "-":
        write(chat, sys.stdout.buffer)
    else:
        with open(wanted.output, "wb") as out:
            write(chat, out)
    if wanted.truth:
        with open(wanted.truth, "w", encoding="utf-8") as out:
            json.dump(chat.truth, out, sort_keys=True)
            out.write("\n")


if __name__ == "__main__":
    main()
