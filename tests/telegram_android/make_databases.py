#!/usr/bin/env python3
"""Makes databases and preferences as Telegram for Android has them, from the facts in docs/formats/telegram-android.md.

usage: make_databases.py FOLDER
"""
import base64
import pathlib
import sqlite3
import struct
import sys

START = 1_700_000_000
OWNER, ROSA, BOT = 5_900_800_701, 5_900_800_702, 77
GROUP, CHANNEL = 4_001, 1_900_800_701


def string(text):
    raw = text.encode()
    out = bytes([len(raw)]) + raw if len(raw) < 254 else b"\xfe" + len(raw).to_bytes(3, "little") + raw
    return out + b"\0" * (-len(out) % 4)


def words(*numbers):
    return b"".join(struct.pack("<I", number & 0xFFFFFFFF) for number in numbers)


def long(number):
    return struct.pack("<q", number)


def peer(kind, number):
    return words({"user": 0x59511722, "chat": 0x36C6019A, "channel": 0xA2A5371E}[kind]) + long(number)


def user(number, first, last="", username="", phone="", bits=0):
    flags = bits | 1
    for bit, value in ((1, first), (2, last), (3, username), (4, phone)):
        flags |= bool(value) << bit
    names = b"".join(string(value) for value in (first, last, username, phone) if value)
    return words(0x215C4438, flags, 0) + long(number) + long(123456789) + names + words(0xDEADBEEF)


def message(number, date, text, sender=None, thread=("user", ROSA), flags=0, constructor=0x94345242,
            two_words=True, before=b"", behind=b""):
    flags |= (sender is not None) << 8
    head = words(constructor, flags) + (words(0) if two_words else b"") + words(number)
    return (head + (peer(*sender) if sender else b"") + peer(*thread) + before + words(date) + string(text) + behind)


def service(number, date, action, thread):
    return words(0x2B085862, 0, number) + peer(*thread) + words(date, action)


def own_user(layout):
    """The owner as today, with one word of flags, and with an id of 32 bits."""
    if layout == "now":
        return user(OWNER, "Omid", "Fićtion", "omid_fiction", "447700900163", 1 << 10) + words(0xDEADBEEF) * 30
    flags = 1 << 10 | 0b11011
    names = b"".join(string(each) for each in ("Omid", "omid_fiction", "447700900163"))
    if layout == "one word":
        return words(0x3FF6ECB0, flags) + long(OWNER) + long(-77) + names + words(0x4F11BAE1)
    return words(0x938458C1, flags, 900_800_701) + long(-77) + names + words(0x4F11BAE1)


def preferences(blob):
    """As Android writes them; the application breaks base64 into lines of 76 letters."""
    user = base64.encodebytes(blob).decode().replace("\n", "&#10;")
    return ("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n"
            '    <boolean name="registeredForPush" value="true" />\n'
            '    <int name="lastSendMessageId" value="-210042" />\n'
            '    <string name="pushString2">fiction:A&amp;B &lt;x&gt;</string>\n'
            f'    <string name="user">{user}</string>\n'
            '    <int name="loginTime" value="1700000000" />\n'
            '    <string name="passcodeHash1"></string>\n'
            '    <set name="pinned">\n        <string>one</string>\n        <string>two</string>\n    </set>\n'
            '    <boolean name="syncContacts" value="true" />\n'
            '    <long name="lastUptimeMillis" value="912345678" />\n</map>\n').encode()


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, blob in (("userconfing.xml", own_user("now")), ("userconfig1.xml", own_user("one word")),
                       ("userconfig2.xml", own_user("32 bits")), ("userconfig3_no_user_shape.xml", b"not a user")):
        (folder / name).write_bytes(preferences(blob))
    path = folder / "cache4.db"
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    for statement in (
            "PRAGMA page_size=1024", "PRAGMA secure_delete=0",
            "CREATE TABLE messages_v2(mid INTEGER, uid INTEGER, read_state INTEGER, send_state INTEGER, date INTEGER,"
            " data BLOB, out INTEGER, ttl INTEGER, media INTEGER, replydata BLOB, imp INTEGER, mention INTEGER,"
            " forwards INTEGER, replies_data BLOB, thread_reply_id INTEGER, is_channel INTEGER, reply_to_message_id"
            " INTEGER, custom_params BLOB, group_id INTEGER, reply_to_story_id INTEGER, PRIMARY KEY(mid, uid))",
            "CREATE TABLE users(uid INTEGER PRIMARY KEY, name TEXT, status INTEGER, data BLOB)",
            "CREATE TABLE chats(uid INTEGER PRIMARY KEY, name TEXT, data BLOB)",
            "CREATE TABLE dialogs(did INTEGER PRIMARY KEY, date INTEGER)",
            "CREATE TABLE user_contacts_v7(key TEXT PRIMARY KEY, uid INTEGER, fname TEXT, sname TEXT, imported INTEGER)",
            "CREATE TABLE user_phones_v7(key TEXT, phone TEXT, sphone TEXT, deleted INTEGER, PRIMARY KEY (key, phone))"):
        db.execute(statement)
    db.executemany("INSERT INTO users VALUES (?, ?, ?, ?)", [
        (OWNER, "omid;;;omid_fiction", 0, user(OWNER, "Omid", "", "omid_fiction", "447700900163", 1 << 10)),
        (ROSA, "rosa k;;;", START, user(ROSA, "Rosa", "Késh", "", "447700900111", 1 << 11)),
        (BOT, "bot;;;", 0, b"\x01\x02\x03")])
    db.executemany("INSERT INTO chats VALUES (?, ?, ?)", [
        (GROUP, "quay", words(0x41CBF256, 0) + long(GROUP) + string("Quay") + words(0x37C1011C)),
        (CHANNEL, "news", words(0xFE4478BD, 1 << 13, 0) + long(CHANNEL) + long(99) + string("Sea News"))])
    db.execute("INSERT INTO user_contacts_v7 VALUES ('1', ?, 'Rosa', 'Kesh', 1)", (ROSA,))
    db.execute("INSERT INTO user_phones_v7 VALUES ('1', '+44 7700 900111', '447700900111', 0)")
    forward = words(0x4E4DF4BB, 1) + peer("user", BOT) + words(START - 500)
    rows = [
        (1, ROSA, START, message(1, START, "gdje si?"), 0, 0),
        (2, ROSA, START + 5, message(2, START + 5, "tu sam — سلام", ("user", OWNER), flags=2), 1, 1),
        (3, -GROUP, START + 9, message(3, START + 9, "old words", ("user", ROSA), ("chat", GROUP), 4, 0x85D6CBE2, False,
                                       forward), 0, 0),
        (4, -GROUP, START + 12, service(4, START + 12, 0x15CEFD00, ("chat", GROUP)), 0, 0),
        (5, -CHANNEL, START + 20, message(5, START + 20, "x" * 3000, ("channel", CHANNEL), ("channel", CHANNEL), 1 << 15,
                                          0x99999999), 0, 0),
        (6, ROSA, START + 30, message(6, START + 30, "", ("user", OWNER), flags=2 | 1 << 9, behind=words(0x695150D7)), 1, 0),
        (7, ROSA, START + 40, b"not a message at all", 0, 0),
        (8, ROSA, START + 50, message(8, START + 50, "this one was deleted"), 0, 0)]
    for number, thread, date, data, out, reply in rows:
        db.execute("INSERT INTO messages_v2 (mid, uid, read_state, send_state, date, data, out, ttl, media,"
                   " reply_to_message_id) VALUES (?, ?, 3, 0, ?, ?, ?, 0, -1, ?)", (number, thread, date, data, out, reply))
    db.execute("DELETE FROM messages_v2 WHERE mid = 8")
    db.close()


if __name__ == "__main__":
    main()
