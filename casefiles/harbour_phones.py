#!/usr/bin/env python3
"""Writes two seized phones of the fictional case "Harbour": what a forensic extraction hands over.

    harbour_phones.py FOLDER

phone-d/   the file system of Omid's Android phone: WhatsApp and Viber with their media, and a backup
           of WhatsApp from two days before, encrypted, with its key
phone-e/   an iTunes-style backup of Nadim's iPhone: files under the names that backups give them

Both phones have the group of the exports, under the same message ids. What Omid deleted stands in
the free space of his database and in the backup. Standard library only.
"""

import hashlib
import hmac
import sqlite3
import sys
import zlib
from dataclasses import replace
from datetime import timezone
from pathlib import Path

import harbour_media as media
import harbour_story as story

NUMBERS = {"Karim": "447700900187", "Tesfay": "447700900142", "Omid": "447700900150",
           "Nadim": "447700900160", "Amélie": "447700900170", "يوسف": "447700900180"}
GROUP = "120363044520422953@g.us"
COCOA = 978307200
ROOT = bytes(range(7, 39))  # of the encrypted backup
BACKUP_TAKEN = story.at("04-28 20:00:00")


def jid(name):
    return NUMBERS[name] + "@s.whatsapp.net"


def milliseconds(message):
    return int(message.when.replace(tzinfo=timezone.utc).timestamp() * 1000)


def key_of(message):
    """What WhatsApp gives a message on every phone that has it."""
    words = f"{message.when.isoformat()} {message.author} {message.action}"
    return hashlib.sha256(words.encode()).hexdigest()[:32].upper()


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def insert(db, table, **values):
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
               list(values.values()))


def open_new(path, schema):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA secure_delete=0; PRAGMA journal_mode=delete;" + schema)
    return db


# --- Omid's Android phone ---------------------------------------------------------------------------

MSGSTORE = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL,
  agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER,
  subject TEXT, created_timestamp INTEGER, archived INTEGER, sort_timestamp INTEGER);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
  from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER,
  origination_flags INTEGER, timestamp INTEGER, received_timestamp INTEGER,
  receipt_server_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER,
  sort_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, file_path TEXT,
  file_size INTEGER, mime_type TEXT, media_name TEXT, file_hash TEXT, media_duration INTEGER);
CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
  latitude REAL, longitude REAL, place_name TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
  from_me INTEGER NOT NULL, sender_jid_row_id INTEGER, key_id TEXT NOT NULL, timestamp INTEGER,
  message_type INTEGER, text_data TEXT);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL,
  edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
CREATE TABLE message_poll (message_row_id INTEGER PRIMARY KEY, selectable_options_count INTEGER);
CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER,
  option_name TEXT, vote_total INTEGER);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER,
  call_id TEXT, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER,
  group_jid_row_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_jid_row_id INTEGER NOT NULL, user_jid_row_id INTEGER NOT NULL, rank INTEGER, pending INTEGER);
"""
ANDROID_TYPES = {"text": 0, "media": 1, "location": 5, "system": 7, "poll": 66, "deleted": 15}
ACTIONS = {"group-created": 11, "member-added": 12, "member-left": 5, "subject-changed": 1,
           "number-changed": 28, "encryption-notice": 19}


class Android:
    def __init__(self, path, names):
        self.db = open_new(path, MSGSTORE)
        self.rows = {}
        for number, name in enumerate(names, 1):
            self.rows[name] = number
            insert(self.db, "jid", _id=number, user=NUMBERS[name], server="s.whatsapp.net",
                   raw_string=jid(name))
        self.group = len(names) + 1
        insert(self.db, "jid", _id=self.group, user=GROUP.split("@")[0], server="g.us",
               raw_string=GROUP)
        insert(self.db, "chat", _id=1, jid_row_id=self.group, hidden=0, subject="Harbour Group",
               created_timestamp=milliseconds(story.GROUP[1]))
        insert(self.db, "chat", _id=2, jid_row_id=self.rows["يوسف"], hidden=0)
        for name in names:
            insert(self.db, "group_participant_user", group_jid_row_id=self.group,
                   user_jid_row_id=self.rows[name], rank=2 if name == "Nadim" else 0, pending=0)

    def message(self, message, chat, answers=None):
        if message.type == "call":
            insert(self.db, "call_log", jid_row_id=self.rows[message.author], from_me=0,
                   call_id=key_of(message), timestamp=milliseconds(message), video_call=0,
                   duration=0, call_result=2, group_jid_row_id=self.group if chat == 1 else 0)
            return
        mine = message.author == "Omid"
        when = milliseconds(message)
        kind = ANDROID_TYPES[message.type]
        number = self.db.execute("SELECT coalesce(max(_id), 0) + 1 FROM message").fetchone()[0]
        insert(self.db, "message", _id=number, chat_row_id=chat, from_me=int(mine),
               key_id=key_of(message), status=13 if mine else 0, timestamp=when,
               sender_jid_row_id=self.rows.get(message.author, 0) if chat == 1 and not mine else 0,
               received_timestamp=when + 900, message_type=kind, sort_id=number,
               text_data=message.question if message.type == "poll" else message.text)
        if message.type == "media" and message.media:
            name, data = self.file(message)
            insert(self.db, "message_media", message_row_id=number, chat_row_id=chat,
                   file_path=f"Media/WhatsApp Images/{name}", file_size=len(data),
                   file_hash=None, mime_type="application/octet-stream", media_name=name)
        if message.type == "location":
            insert(self.db, "message_location", message_row_id=number, chat_row_id=chat,
                   latitude=float(message.latitude), longitude=float(message.longitude))
        if message.type == "system":
            insert(self.db, "message_system", message_row_id=number,
                   action_type=ACTIONS[message.action])
        if message.edited:
            insert(self.db, "message_edit_info", message_row_id=number,
                   original_key_id=key_of(message), edited_timestamp=when + 60000,
                   sender_timestamp=when + 60000)
        if message.type == "poll":
            insert(self.db, "message_poll", message_row_id=number, selectable_options_count=1)
            for option, votes in message.options:
                insert(self.db, "message_poll_option", message_row_id=number, option_name=option,
                       vote_total=votes)
        if answers is not None:
            insert(self.db, "message_quoted", message_row_id=number, chat_row_id=chat, from_me=0,
                   sender_jid_row_id=self.rows[answers.author], key_id=key_of(answers),
                   timestamp=milliseconds(answers), message_type=0, text_data=answers.text)

    @staticmethod
    def file(message):
        _, kind, ending, data = media.FILES[message.media]
        if message.media in media.DOCUMENTS:
            return kind + ending, data
        return f"{kind}-{message.when:%Y%m%d}-WA{message.when:%H%M}{ending}", data


def fill_android(path, messages):
    store = Android(path, [name for name in NUMBERS if name != "Omid"])
    before = None
    for message in messages:
        answers = before if message.text and message.text.startswith("11?") else None
        store.message(message, 1, answers)
        before = message
    for message in story.YOUSSEF:
        store.message(message, 2)
    return store


def viber(path):
    db = open_new(path, """
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id INTEGER,
  order_key LONG, msg_date LONG, token LONG, participant_id INTEGER, unread INTEGER, deleted INTEGER
  DEFAULT 0, send_type INTEGER, extra_mime INTEGER, status INTEGER, body TEXT, msg_info TEXT);
CREATE TABLE conversations (_id INTEGER PRIMARY KEY, conversation_type INTEGER, group_id LONG,
  name TEXT, deleted INTEGER, flags LONG, date LONG);
CREATE TABLE participants (_id INTEGER PRIMARY KEY, conversation_id INTEGER,
  participant_info_id INTEGER, active INTEGER);
CREATE TABLE participants_info (_id INTEGER PRIMARY KEY, number TEXT, contact_name TEXT,
  viber_name TEXT, member_id TEXT, participant_type INTEGER);
""")
    insert(db, "participants_info", _id=1, number="+" + NUMBERS["Omid"], viber_name="omid",
           member_id="mid-omid", participant_type=0)
    insert(db, "participants_info", _id=2, number="+" + NUMBERS["يوسف"], contact_name="يوسف",
           viber_name="captain", member_id="mid-youssef", participant_type=1)
    insert(db, "conversations", _id=1, conversation_type=0, group_id=0, name="")
    for number in (1, 2):
        insert(db, "participants", _id=number, conversation_id=1, participant_info_id=number,
               active=1)
    talk = [("04-12 16:20:00", 2, "Use this app for the boat, not the other one."),
            ("04-12 16:21:30", 1, "ok. 12 persons tonight, 1500 each"),
            ("04-12 16:24:10", 2, "٣ أطفال؟ نصف السعر."),
            ("04-13 07:05:00", 2, "we came back. tomorrow again")]
    for number, (stamp, who, text) in enumerate(talk):
        when = int(story.at(stamp).replace(tzinfo=timezone.utc).timestamp() * 1000)
        token = ((when + 400 - 292057776050) << 22) + number
        insert(db, "messages", conversation_id=1, order_key=when, msg_date=when, token=token,
               participant_id=who, send_type=int(who == 1), extra_mime=0, status=2, body=text)
    db.close()


def as_omid_has_it(message):
    if message.key == story.B_SHOWS_DELETED:  # Karim took it back
        return replace(message, type="deleted", text=None)
    if message.key in story.B_SHOWS_EDITED:
        return replace(message, text=story.B_SHOWS_EDITED[message.key], edited=True)
    return message


def android_phone(folder):
    home = folder / "data/data/com.whatsapp"
    databases = home / "databases"
    store = fill_android(databases / "msgstore.db",
                         [as_omid_has_it(m) for m in story.GROUP] + story.GROUP_LATER)
    write_media(folder, story.GROUP)
    # Omid deleted three messages from his own phone.
    for message in story.GROUP:
        if message.key in story.B_LACKS:
            store.db.execute("DELETE FROM message WHERE key_id = ?", (key_of(message),))
    store.db.close()

    book = open_new(databases / "wa.db", """
CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL,
  is_whatsapp_user BOOLEAN NOT NULL, status TEXT, number TEXT, display_name TEXT, wa_name TEXT);
""")
    for name in NUMBERS:
        if name not in ("Omid", "Tesfay"):  # of Tesfay the phone knows the number only
            insert(book, "wa_contacts", jid=jid(name), is_whatsapp_user=1,
                   number="+" + NUMBERS[name], display_name=name, wa_name=name)
    book.close()
    write(home / "shared_prefs/com.whatsapp_preferences_light.xml", (
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n"
        f'    <string name="registration_jid">{NUMBERS["Omid"]}</string>\n'
        f'    <string name="ph">{NUMBERS["Omid"][2:]}</string>\n    <string name="cc">44</string>\n'
        '    <string name="push_name">Omid</string>\n</map>\n').encode())
    viber(folder / "data/data/com.viber.voip/databases/viber_messages")

    backup = folder / "work.db"
    fill_android(backup, [m for m in story.GROUP if m.when < BACKUP_TAKEN]).db.close()
    place = folder / "data/media/0/Android/media/com.whatsapp/WhatsApp/Databases"
    write(place / "msgstore-2024-04-28.1.db.crypt15", crypt15(backup.read_bytes()))
    backup.unlink()
    write(home / "files/encrypted_backup.key", java_array(ROOT))


def write_media(folder, messages):
    place = folder / "data/media/0/Android/media/com.whatsapp/WhatsApp/Media/WhatsApp Images"
    for message in messages:
        if message.type == "media" and message.media and not message.media_lost:
            name, data = Android.file(message)
            write(place / name, data)


# --- The encrypted backup ---------------------------------------------------------------------------

def java_array(secret):
    return bytes.fromhex("aced0005757200025b42acf317f8060854e0020000787000000020") + secret


def protobuf(number, value):
    if isinstance(value, int):
        return bytes([number << 3, value])
    return bytes([number << 3 | 2, len(value)]) + value


def crypt15(plain):
    root = hmac.new(bytes(32), ROOT, hashlib.sha256).digest()
    key = hmac.new(root, b"backup encryption\x01", hashlib.sha256).digest()
    iv = hashlib.sha256(b"harbour").digest()[:16]
    head = protobuf(1, 1) + protobuf(3, protobuf(1, iv)) + protobuf(
        4, protobuf(1, b"2.24.8.77") + protobuf(3, b"50"))
    body, tag = aes_gcm(key, iv, zlib.compress(plain, 6))
    out = bytes([len(head)]) + head + body + tag
    return out + hashlib.md5(out).digest()


def aes_sbox():
    box, p, q = [0] * 256, 1, 1
    while True:
        p = (p ^ p << 1 ^ (0x1B if p & 0x80 else 0)) & 0xFF
        for shift in (1, 2, 4):
            q ^= q << shift & 0xFF
        q ^= 0x09 if q & 0x80 else 0
        rotated = q
        for turn in range(1, 5):
            rotated ^= (q << turn | q >> 8 - turn) & 0xFF
        box[p] = rotated ^ 0x63
        if p == 1:
            box[0] = 0x63
            return box


BOX = aes_sbox()


def aes_keys(key):
    words = [list(key[i:i + 4]) for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = list(words[-1])
        if i % 8 == 0:
            word = [BOX[b] for b in word[1:] + word[:1]]
            word[0] ^= constant
            constant = constant << 1 ^ (0x11B if constant & 0x80 else 0)
        elif i % 8 == 4:
            word = [BOX[b] for b in word]
        words.append([a ^ b for a, b in zip(words[i - 8], word)])
    return [sum(words[i:i + 4], []) for i in range(0, 60, 4)]


def aes_block(keys, block):
    """FIPS 197, section 5.1, with columns one after the other."""
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number, key in enumerate(keys[1:], 1):
        state = [BOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < 14:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c:c + 4]
                every = column[0] ^ column[1] ^ column[2] ^ column[3]
                for i in range(4):
                    pair = column[i] ^ column[(i + 1) % 4]
                    mixed.append(column[i] ^ every ^ (pair << 1 ^ (0x11B if pair & 0x80 else 0)))
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def ghash(h, data):
    """NIST SP 800-38D, section 6.4, with a table of h times every power of x."""
    table, v = [], h
    for _ in range(128):
        table.append(v)
        v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
    y = 0
    for at in range(0, len(data), 16):
        y ^= int.from_bytes(data[at:at + 16].ljust(16, b"\0"), "big")
        z = 0
        while y:
            bit = y.bit_length() - 1
            z ^= table[127 - bit]
            y ^= 1 << bit
        y = z
    return y


def aes_gcm(key, iv, plain):
    keys = aes_keys(key)
    h = int.from_bytes(aes_block(keys, bytes(16)), "big")
    first = ghash(h, iv + bytes(8) + (len(iv) * 8).to_bytes(8, "big"))
    out = bytearray()
    for number, at in enumerate(range(0, len(plain), 16), 1):
        counter = first >> 32 << 32 | (first + number) & 0xFFFFFFFF
        stream = aes_block(keys, counter.to_bytes(16, "big"))
        out += bytes(a ^ b for a, b in zip(plain[at:at + 16], stream))
    sums = bytes(out) + bytes(-len(out) % 16) + bytes(8) + (len(out) * 8).to_bytes(8, "big")
    tag = ghash(h, sums) ^ int.from_bytes(aes_block(keys, first.to_bytes(16, "big")), "big")
    return bytes(out), tag.to_bytes(16, "big")


# --- Nadim's iPhone, as a backup --------------------------------------------------------------------

SHARED = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared"
CHATSTORAGE = """
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZSESSIONTYPE INTEGER, ZREMOVED INTEGER, ZMESSAGECOUNTER INTEGER, ZGROUPINFO INTEGER,
  ZLASTMESSAGEDATE TIMESTAMP, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAGROUPINFO (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZCHATSESSION INTEGER, ZCREATIONDATE TIMESTAMP, ZCREATORJID VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZISACTIVE INTEGER, ZISADMIN INTEGER, ZCHATSESSION INTEGER, ZCONTACTNAME VARCHAR,
  ZMEMBERJID VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZFILESIZE INTEGER, ZMESSAGE INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR,
  ZTITLE VARCHAR, ZVCARDSTRING VARCHAR);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZGROUPEVENTTYPE INTEGER, ZISFROMME INTEGER, ZMESSAGESTATUS INTEGER, ZMESSAGETYPE INTEGER,
  ZSORT INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER,
  ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR,
  ZTOJID VARCHAR);
"""
IOS_TYPES = {"text": 0, "media": 1, "location": 5, "deleted": 14, "poll": 46, "call": 10,
             "system": 6}


def backup_file(folder, path, data):
    name = hashlib.sha1(f"{SHARED}-{path}".encode()).hexdigest()
    write(folder / name[:2] / name, data)
    return name


def iphone_backup(folder):
    work = folder / "work.sqlite"
    db = open_new(work, CHATSTORAGE)
    insert(db, "ZWACHATSESSION", Z_PK=1, ZSESSIONTYPE=1, ZCONTACTJID=GROUP, ZGROUPINFO=1,
           ZPARTNERNAME="Harbour Group")
    insert(db, "ZWAGROUPINFO", Z_PK=1, ZCHATSESSION=1, ZCREATORJID=jid("Nadim"),
           ZCREATIONDATE=milliseconds(story.GROUP[1]) / 1000 - COCOA)
    members = {}
    for number, name in enumerate(n for n in NUMBERS if n != "Nadim"):
        members[name] = number + 1
        insert(db, "ZWAGROUPMEMBER", Z_PK=number + 1, ZCHATSESSION=1, ZISACTIVE=1, ZISADMIN=0,
               ZMEMBERJID=jid(name), ZCONTACTNAME=name)
    listed = []
    for number, message in enumerate(story.GROUP, 1):
        mine = message.author == "Nadim"
        item = None
        if message.type in ("media", "location") and (message.media or message.latitude):
            item = number
            values = dict(Z_PK=number, ZMESSAGE=number)
            if message.latitude:
                values.update(ZLATITUDE=float(message.latitude),
                              ZLONGITUDE=float(message.longitude))
            else:
                data = media.FILES[message.media][3]
                path = f"Media/{GROUP}/{number}{media.FILES[message.media][2]}"
                values.update(ZMEDIALOCALPATH=path, ZFILESIZE=len(data), ZTITLE=message.text)
                if not message.media_lost:
                    listed.append((f"Message/{path}", data))
            insert(db, "ZWAMEDIAITEM", **values)
        when = milliseconds(message) / 1000 - COCOA
        insert(db, "ZWAMESSAGE", Z_PK=number, Z_ENT=9, Z_OPT=1, ZCHATSESSION=1, ZSORT=number,
               ZISFROMME=int(mine), ZMESSAGETYPE=IOS_TYPES[message.type], ZMEDIAITEM=item,
               ZGROUPMEMBER=None if mine else members.get(message.author), ZMESSAGEDATE=when,
               ZGROUPEVENTTYPE=1 if message.type == "call" else 0, ZSENTDATE=when + 1,
               ZMESSAGESTATUS=8 if mine else 0, ZSTANZAID=key_of(message),
               ZFROMJID=None if mine else GROUP, ZTOJID=GROUP if mine else jid("Nadim"),
               ZTEXT=message.question if message.type == "poll" else
               message.text if message.type == "text" else None)
    db.close()
    listed.append(("ChatStorage.sqlite", work.read_bytes()))
    work.unlink()
    names = [(SHARED, path, backup_file(folder, path, data)) for path, data in listed]
    # An application that the backup lists and that nothing here reads.
    names.append(("AppDomain-com.skype.skype", "Documents/main.db", hashlib.sha1(
        b"AppDomain-com.skype.skype-Documents/main.db").hexdigest()))
    db = open_new(folder / "Manifest.db",
                  "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT,"
                  " flags INTEGER, file BLOB);")
    for domain, path, name in names:
        insert(db, "Files", fileID=name, domain=domain, relativePath=path, flags=1, file=b"bplist00")
    db.close()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    android_phone(folder / "phone-d")
    iphone_backup(folder / "phone-e")


if __name__ == "__main__":
    main()
