#!/usr/bin/env python3
"""Makes a golden file from an expectation that a person has checked against the real file.

    seal.py FIXTURES CHECKED.jsonl > whatsapp/NAME.jsonl

The real files belong to others and are not part of this repository, nor is their text: every
author, text and file name is replaced by its length in bytes and the first 16 hex digits of its
SHA-256. What stays readable is what a reader computes: clocks, types, actions.

The first line of CHECKED.jsonl says what it is about: {"fixture": path below FIXTURES, "messages":
count} and, where it applies, "member" (a file inside a zip), "siblings" (names beside the text),
"unexplained" (ranges of bytes that belong to no message), "status": "not-mine" (a text in which no
reader should see an export: its first line has no head, nor has any other but one). The other lines are messages in the form
of tests/conformance/whatsapp/README.md. Of more than 60 messages only the first and the last five
are kept, and the SHA-256 of all lines.
"""

import hashlib
import json
import pathlib
import sys

PLAIN = {"type", "wall", "wall_other", "action", "attachment_state"}
ALL_UP_TO = 60
ENDS = 5


def line(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def seal(value):
    if isinstance(value, str):
        data = value.encode()
        return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()[:16]}
    if isinstance(value, list):
        return [seal(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in PLAIN else seal(item) for key, item in value.items()}
    return value


def main(fixtures, checked):
    head, *messages = [json.loads(text) for text in open(checked, encoding="utf-8")]
    assert head["messages"] == len(messages), "the head states another number of messages"
    fixture = pathlib.Path(fixtures, head["fixture"]).read_bytes()
    head["sha256"] = hashlib.sha256(fixture).hexdigest()
    if len(messages) > ALL_UP_TO:
        whole = "".join(line(message) for message in messages).encode()
        head["lines_sha256"] = hashlib.sha256(whole).hexdigest()
        messages = messages[:ENDS] + messages[-ENDS:]
    sys.stdout.write(line(head) + "".join(line(seal(message)) for message in messages))


if __name__ == "__main__":
    main(*sys.argv[1:])
