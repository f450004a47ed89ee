#!/usr/bin/env python3
"""Writes the fictional case "Harbour": the exports of three phones and the answers to them.

    make_harbour.py [-o FOLDER]        default: the folder harbour/ beside this script

The same bytes on every machine. Standard library only.
"""

import argparse
import hashlib
import io
import json
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import harbour_facebook as facebook
import harbour_story as story
import harbour_telegram as telegram
import harbour_videos as videos
import whatsapp_export as wa

A_NAMES = {}
B_NAMES = {"Tesfay": story.TESFAY_NUMBER}
EXPORTS = {
    "a-group": (story.GROUP, wa.Export(
        "phone-a/WhatsApp Chat - Harbour Group.zip", "Harbour Group", "Nadim", wa.IOS,
        wa.stamp_ios, 2, "day-month-year", A_NAMES)),
    "a-selam": (story.SELAM, wa.Export(
        "phone-a/WhatsApp Chat - Selam.zip", "Selam", "Nadim", wa.IOS, wa.stamp_ios, 2,
        "day-month-year", A_NAMES)),
    "b-group": (story.group_on_phone_b(), wa.Export(
        "phone-b/harbour-group/WhatsApp Chat with Harbour Group.txt", "Harbour Group", "Omid",
        wa.ANDROID, wa.stamp_android, 3, "day-month-year", B_NAMES, False)),
    "b-reza": (story.REZA, wa.Export(
        "phone-b/reza/گفتگوی WhatsApp با رضا.txt", "رضا", "Omid", wa.PERSIAN, wa.stamp_persian, 3,
        "year-month-day", B_NAMES)),
    "b-youssef": (story.YOUSSEF, wa.Export(
        "phone-b/youssef/دردشة واتساب مع يوسف.txt", "يوسف", "Omid", wa.ARABIC, wa.stamp_arabic, 3,
        "day-month-year", B_NAMES)),
    "c-karim": (story.KARIM, wa.Export(
        "phone-c/WhatsApp Chat with Karim.txt", "Karim", "Amélie", wa.ANDROID,
        wa.stamp_android_short, 2, "undecided", {})),
}
QUERIES = ("passport", "قارب", "قایق", "ዋጋ", "1500", "۱۵۰۰", "ITALIAN", "arrivee", "<script>",
           "no such word")
ARABIC_LETTERS = str.maketrans("أإآٱىیكکةھۀ", "ااااييككههه", "\u0640\u200c\u200d")


def folded(text):
    """What search compares: ASCII digits for any script, no marks, no letter variants, no case."""
    out = []
    for letter in unicodedata.normalize("NFKD", text.casefold().translate(ARABIC_LETTERS)):
        if unicodedata.category(letter) in ("Mn", "Cf"):
            continue
        digit = unicodedata.decimal(letter, None)
        out.append(letter if digit is None else str(digit))
    return "".join(out).translate(ARABIC_LETTERS)


def zip_bytes(files):
    """A zip with fixed times; members stored, since compressors differ from machine to machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(name, (2024, 5, 10, 9, 0, 0))
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            archive.writestr(member, data)
    return out.getvalue()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def picked(expected, wanted):
    return [{"message": ordinal, "author": fact["author"], "text": fact["text"],
             "wall": fact["wall"]}
            for ordinal, fact in enumerate(expected, 1) if fact.get(wanted)]


def facts_of(key, export, text, expected, attachments, stored):
    types = Counter(fact["type"] for fact in expected)
    return {
        "path": export.path,
        "sha256": sha256(stored),
        "chat": export.path if not export.ios else export.path + "/_chat.txt",
        "chat_sha256": sha256(text),
        "expected": f"expected/{key}.jsonl",
        "title": export.title,
        "owner": export.owner,
        "records": len(expected),
        "messages": len(expected) - types["system"],
        "system": types["system"],
        "by_type": dict(sorted(types.items())),
        "participants": list(dict.fromkeys(f["author"] for f in expected if f["author"])),
        "first_wall": expected[0]["wall"],
        "last_wall": expected[-1]["wall"],
        "date_order": export.date_order,
        "calendar": "persian" if export.words is wa.PERSIAN else "gregorian",
        "true_utc_offset": f"+{export.utc_offset:02d}:00",
        "attachments": [
            {"message": ordinal, "name": name, "in_export": data is not None,
             "sha256": None if data is None else sha256(data)}
            for ordinal, name, data in attachments],
        "omitted": picked([dict(f, omitted=f.get("attachment_state") == "omitted")
                           for f in expected], "omitted"),
        "deleted": picked(expected, "deleted"),
        "edited": picked(expected, "edited"),
        "number_changes": [dict(message=ordinal, **fact["identity"])
                           for ordinal, fact in enumerate(expected, 1) if "identity" in fact],
    }


def searches(expected):
    result = {}
    for query in QUERIES:
        needle = folded(query)
        hits = {key: [ordinal for ordinal, fact in enumerate(facts, 1)
                      if needle in folded(fact["text"])] for key, facts in expected.items()}
        hits = {key: ordinals for key, ordinals in hits.items() if ordinals}
        result[query] = {"hits": sum(map(len, hits.values())), "messages": hits}
    return result


def comparison(expected):
    """The two copies of the group: what only one phone has, and what differs."""
    place_b, later = {}, []
    for ordinal, message in enumerate(story.group_on_phone_b(), 1):
        if ordinal > len(story.GROUP) - len(story.B_LACKS):
            later.append({"message": ordinal, "text": expected["b-group"][ordinal - 1]["text"]})
        elif message.key:
            place_b[message.key] = ordinal
    place_a = {message.key: ordinal for ordinal, message in enumerate(story.GROUP, 1)
               if message.key}

    def pair(key):
        return {"a": place_a[key], "b": place_b[key],
                "text_a": expected["a-group"][place_a[key] - 1]["text"],
                "text_b": expected["b-group"][place_b[key] - 1]["text"]}

    return {
        "a": "a-group", "b": "b-group", "clock_of_b_minus_a_minutes": 60,
        "only_on_a": [{"message": place_a[key],
                       "text": expected["a-group"][place_a[key] - 1]["text"]}
                      for key in story.B_LACKS],
        "only_on_b": later,
        "deleted_on_b": [pair(story.B_SHOWS_DELETED)],
        "edited_on_b": [pair(key) for key in story.B_SHOWS_EDITED],
        "same_person": [{"a": "Tesfay", "b": story.TESFAY_NUMBER}],
    }


def make():
    """{path below the case folder: bytes}."""
    files, facts, expected = {}, {}, {}
    for key, (messages, export) in EXPORTS.items():
        text, media, expected[key], attachments = wa.write(messages, export)
        data = text.encode()
        if export.ios:
            files[export.path] = zip_bytes({"_chat.txt": data, **media})
        else:
            folder = export.path.rsplit("/", 1)[0]
            files.update({f"{folder}/{name}": content for name, content in media.items()})
            files[export.path] = data
        facts[key] = facts_of(key, export, data, expected[key], attachments, files[export.path])
        files[f"expected/{key}.jsonl"] = "".join(
            json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            for fact in expected[key]).encode()
    answers = {"case": "Harbour (fictional)", "files": facts, "searches": searches(expected),
               "copies_of_the_group": comparison(expected),
               "number_change": {"before": story.KARIM_BEFORE, "after": story.KARIM_AFTER,
                                 "person": "Karim"}}
    files.update(facebook.make())
    files.update(videos.make())
    files.update(telegram.make())
    files["answers.json"] = (json.dumps(answers, ensure_ascii=False, indent=1, sort_keys=True)
                             + "\n").encode()
    return files


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path,
                           default=Path(__file__).resolve().parent / "harbour")
    folder = arguments.parse_args().output
    for path, data in make().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
