#!/usr/bin/env python3
"""Makes the databases that the tests of WhatsApp on Android read: the same ones every time.

Schemas follow docs/formats/whatsapp-android.md; each database is for one thing, and named after it.
usage: make_databases.py FOLDER
"""
import base64
import hashlib
import os
import shutil
import sqlite3
import sys

T0 = 1709640000000  # 2024-03-05T12:00:00Z


def digest(word):
    return base64.b64encode(hashlib.sha256(word.encode()).digest()).decode()


CURRENT = """
CREATE TABLE props (_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT);
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL,
  agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER, sort_id INTEGER);
CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY NOT NULL, display_name TEXT NOT NULL,
  username TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER,
  subject TEXT, created_timestamp INTEGER, archived INTEGER, sort_timestamp INTEGER,
  ephemeral_expiration INTEGER, group_type INTEGER NOT NULL DEFAULT 0);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
  from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER,
  broadcast INTEGER, recipient_count INTEGER, participant_hash TEXT, origination_flags INTEGER,
  origin INTEGER, timestamp INTEGER, received_timestamp INTEGER, receipt_server_timestamp INTEGER,
  message_type INTEGER, text_data TEXT, starred INTEGER, lookup_tables INTEGER,
  message_add_on_flags INTEGER, sort_id INTEGER NOT NULL DEFAULT 0);
CREATE INDEX message_chat_index ON message (chat_row_id, sort_id);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, file_path TEXT,
  file_size INTEGER, file_length INTEGER, mime_type TEXT, media_name TEXT, media_caption TEXT,
  file_hash TEXT, media_key BLOB, direct_path TEXT, message_url TEXT, media_duration INTEGER,
  page_count INTEGER, width INTEGER, height INTEGER);
CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
  latitude REAL, longitude REAL, place_name TEXT, place_address TEXT, url TEXT,
  live_location_share_duration INTEGER, live_location_sequence_number INTEGER,
  live_location_final_latitude REAL, live_location_final_longitude REAL,
  live_location_final_timestamp INTEGER);
CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT);
CREATE TABLE message_text (message_row_id INTEGER PRIMARY KEY, description TEXT, page_title TEXT, url TEXT);
CREATE TABLE message_mentions (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER,
  jid_row_id INTEGER);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER,
  parent_message_chat_row_id INTEGER, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER,
  key_id TEXT NOT NULL, timestamp INTEGER, message_type INTEGER, origin INTEGER, text_data TEXT);
CREATE TABLE message_quoted_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, thumbnail BLOB);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
CREATE TABLE message_system_value_change (message_row_id INTEGER PRIMARY KEY, old_data TEXT);
CREATE TABLE message_system_number_change (message_row_id INTEGER PRIMARY KEY, old_jid_row_id INTEGER,
  new_jid_row_id INTEGER);
CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT NOT NULL,
  admin_jid_row_id INTEGER, revoke_timestamp INTEGER);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL,
  edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
CREATE TABLE message_ephemeral (message_row_id INTEGER PRIMARY KEY, duration INTEGER NOT NULL,
  expire_timestamp INTEGER NOT NULL);
CREATE TABLE message_view_once_media (message_row_id INTEGER PRIMARY KEY, state INTEGER NOT NULL);
CREATE TABLE message_poll (message_row_id INTEGER PRIMARY KEY, enc_key BLOB,
  selectable_options_count INTEGER);
CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER,
  option_sha256 TEXT, option_name TEXT, vote_total INTEGER);
CREATE TABLE message_event (message_row_id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT,
  start_time DATETIME NOT NULL);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER,
  from_me INTEGER, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, parent_message_row_id INTEGER,
  timestamp INTEGER, status INTEGER, message_add_on_type INTEGER);
CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT,
  sender_timestamp INTEGER);
CREATE TABLE message_add_on_poll_vote (message_add_on_row_id INTEGER PRIMARY KEY, sender_timestamp INTEGER);
CREATE TABLE message_add_on_poll_vote_selected_option (_id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_add_on_row_id INTEGER, message_poll_option_id INTEGER);
CREATE TABLE receipt_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER NOT NULL,
  receipt_user_jid_row_id INTEGER NOT NULL, receipt_timestamp INTEGER, read_timestamp INTEGER,
  played_timestamp INTEGER);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER,
  call_id TEXT, transaction_id INTEGER, timestamp INTEGER, video_call INTEGER, duration INTEGER,
  call_result INTEGER, bytes_transferred INTEGER, group_jid_row_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE call_log_participant_v2 (_id INTEGER PRIMARY KEY AUTOINCREMENT, call_log_row_id INTEGER,
  jid_row_id INTEGER, call_result INTEGER);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_jid_row_id INTEGER NOT NULL, user_jid_row_id INTEGER NOT NULL, rank INTEGER, pending INTEGER);
CREATE TABLE group_past_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_jid_row_id INTEGER NOT NULL, user_jid_row_id INTEGER NOT NULL, is_leave INTEGER,
  timestamp INTEGER);
CREATE TABLE message_thumbnail (message_row_id INTEGER PRIMARY KEY, thumbnail BLOB);
CREATE TABLE deleted_chat_job (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
  block_size INTEGER, deleted_message_row_id INTEGER);
CREATE TABLE message_orphaned_edit (_id INTEGER PRIMARY KEY, key_id TEXT NOT NULL,
  from_me INTEGER NOT NULL, chat_row_id INTEGER NOT NULL, timestamp INTEGER, revoked_key_id TEXT);
CREATE TABLE message_system_block_contact (message_row_id INTEGER PRIMARY KEY, is_blocked INTEGER);
CREATE TABLE newsletter (chat_row_id INTEGER PRIMARY KEY, name TEXT, handle TEXT,
  subscribers_count INTEGER);
CREATE TABLE chat_notes (chat_row_id INTEGER PRIMARY KEY, note TEXT);
CREATE TABLE android_metadata (locale TEXT);
"""

# _id, JID
JIDS = {1: "491701111111@s.whatsapp.net", 2: "491702222222@s.whatsapp.net",
        3: "120363000000000001@g.us", 4: "98765432109876@lid", 5: "status@broadcast",
        6: "491703333333@s.whatsapp.net", 7: "447700900123@s.whatsapp.net"}
CHATS = {1: 1, 2: 3, 3: 5}


class Store:
    def __init__(self, path, schema, page_size=4096, encoding=None, wal=False):
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None)
        if encoding:
            self.db.execute(f"PRAGMA encoding='{encoding}'")
        self.db.execute(f"PRAGMA page_size={page_size}")
        self.db.execute("PRAGMA synchronous=off")
        self.db.execute("PRAGMA secure_delete=0")
        self.db.execute("PRAGMA journal_mode=" + ("wal" if wal else "delete"))
        self.db.executescript(schema)

    def add(self, table, **values):
        names = ",".join(values)
        marks = ",".join("?" * len(values))
        self.db.execute(f"INSERT INTO {table}({names}) VALUES({marks})", tuple(values.values()))

    def message(self, number, text=None, chat=1, me=0, sender=0, kind=0, **more):
        self.add("message", _id=number, chat_row_id=chat, from_me=me, key_id=f"KEY{number:04d}",
                 sender_jid_row_id=sender, status=0, timestamp=T0 + number * 60000,
                 received_timestamp=T0 + number * 60000 + 500, message_type=kind, text_data=text,
                 sort_id=number, **more)

    def people(self):
        for number, jid in JIDS.items():
            user, server = jid.split("@")
            self.add("jid", _id=number, user=user, server=server, raw_string=jid)
        self.add("jid_map", lid_row_id=4, jid_row_id=2, sort_id=1)
        for number, jid in CHATS.items():
            self.add("chat", _id=number, jid_row_id=jid, hidden=0,
                     subject="Harbour" if jid == 3 else None, created_timestamp=T0 - 1000 * jid,
                     archived=0)


def fill_current(store):
    store.people()
    s = store
    s.add("message", _id=1, chat_row_id=-1, from_me=0, key_id="-1")
    s.message(2, "Guten Tag \u2713")
    s.message(3, "answer", me=1, starred=1)
    s.add("message_quoted", message_row_id=3, chat_row_id=1, from_me=0, sender_jid_row_id=-1,
          key_id="KEY0002", timestamp=T0, message_type=0, text_data="Guten Tag \u2713")
    s.message(4, "from a LID", chat=2, sender=4)
    s.add("message_mentions", message_row_id=4, jid_row_id=6)
    s.message(5, "caption", kind=1, origination_flags=1)
    s.add("message_media", message_row_id=5, chat_row_id=1, file_path="Media/WhatsApp Images/IMG-1.jpg",
          file_size=1234, file_length=1234, mime_type="image/jpeg", media_caption="caption",
          file_hash=digest("picture"), media_key=b"\x01" * 32, width=640)
    s.add("message_forwarded", message_row_id=5, forward_score=7)
    s.add("message_thumbnail", message_row_id=5, thumbnail=b"\xff\xd8" + b"x" * 5000)
    s.message(6, kind=5)
    s.add("message_location", message_row_id=6, chat_row_id=1, latitude=53.5511, longitude=-9.5,
          place_name="Pier 3", place_address="Hafen 1")
    s.message(7, kind=16)
    s.add("message_location", message_row_id=7, chat_row_id=1, latitude=53.0, longitude=10.25,
          live_location_share_duration=900, live_location_final_latitude=53.125,
          live_location_final_longitude=10.5, live_location_final_timestamp=T0 + 900000)
    s.message(8, "Kim", kind=4)
    s.add("message_vcard", message_row_id=8, vcard="BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim Berg\r\n"
          "item1.TEL;waid=491709999999:+49 170 9999999\r\nEND:VCARD\r\n")
    s.message(9, "Where?", chat=2, sender=2, kind=66)
    s.add("message_poll", message_row_id=9, selectable_options_count=1)
    s.add("message_poll_option", _id=1, message_row_id=9, option_name="North", vote_total=1)
    s.add("message_poll_option", _id=2, message_row_id=9, option_name="South", vote_total=0)
    s.message(10, chat=2, sender=2, me=1, kind=7)  # so what is noted is written, whoever did it
    s.add("message_system", message_row_id=10, action_type=12)
    s.add("message_system_chat_participant", message_row_id=10, user_jid_row_id=6)
    s.message(11, chat=1, kind=7)
    s.add("message_system", message_row_id=11, action_type=10)
    s.add("message_system_number_change", message_row_id=11, old_jid_row_id=1, new_jid_row_id=7)
    s.message(12, chat=2, sender=6, kind=15)
    s.add("message_revoked", message_row_id=12, revoked_key_id="GONE1", admin_jid_row_id=2,
          revoke_timestamp=T0 + 5000000)
    s.message(13, "edited text", sender=0)
    s.add("message_edit_info", message_row_id=13, original_key_id="KEY0013",
          edited_timestamp=T0 + 6000000, sender_timestamp=T0 + 5900000)
    s.message(14, "short-lived", me=1)
    s.add("message_ephemeral", message_row_id=14, duration=86400, expire_timestamp=T0 + 86400000)
    s.message(15, kind=42)
    s.add("message_view_once_media", message_row_id=15, state=2)
    s.message(16, "a kind of tomorrow", kind=4711)
    s.message(17, chat=2, sender=2, kind=7)
    s.add("message_system", message_row_id=17, action_type=987)
    s.add("message_system_value_change", message_row_id=17, old_data="old words")
    s.message(18, "see https://example.org/x")
    s.add("message_text", message_row_id=18, url="https://example.org/x", page_title="Example")
    s.message(19, "of a chat without a row", chat=77)
    s.message(20, "of an unknown person", chat=2, sender=555)
    s.message(21, kind=92)
    s.add("message_event", message_row_id=21, name="Meeting", description="at the pier", start_time=T0)
    s.message(22, "status words", chat=3, sender=2)
    s.add(
        "message", _id=23, chat_row_id=1, from_me=0, key_id="KEY0023")
    s.message(24, kind=7)
    s.add("message_system", message_row_id=24, action_type=58)
    s.add("message_system_block_contact", message_row_id=24, is_blocked=0)
    s.message(25, "video", kind=10)
    s.add("message_media", message_row_id=900, chat_row_id=1, file_path="Media/left.jpg",
          mime_type="image/jpeg", file_hash=digest("left"))
    s.add("message_quoted", message_row_id=901, chat_row_id=1, from_me=0, key_id="GONE2",
          text_data="what was quoted")
    s.add("message_add_on", _id=1, chat_row_id=1, from_me=1, key_id="ADD1", sender_jid_row_id=-1,
          parent_message_row_id=2, timestamp=T0 + 1, message_add_on_type=56)
    s.add("message_add_on_reaction", message_add_on_row_id=1, reaction="\U0001F44D",
          sender_timestamp=T0 + 130000)
    s.add("message_add_on", _id=2, chat_row_id=2, from_me=0, key_id="ADD2", sender_jid_row_id=6,
          parent_message_row_id=9, timestamp=T0 + 2, message_add_on_type=67)
    s.add("message_add_on_poll_vote", message_add_on_row_id=2, sender_timestamp=T0 + 3)
    s.add("message_add_on_poll_vote_selected_option", message_add_on_row_id=2, message_poll_option_id=1)
    s.add("message_add_on", _id=3, chat_row_id=2, from_me=0, key_id="ADD3", sender_jid_row_id=6,
          parent_message_row_id=999, timestamp=T0 + 4, message_add_on_type=56)
    s.add("receipt_user", message_row_id=14, receipt_user_jid_row_id=1, receipt_timestamp=T0 + 9,
          read_timestamp=T0 + 99, played_timestamp=0)
    s.add("receipt_user", message_row_id=998, receipt_user_jid_row_id=1, receipt_timestamp=T0 + 9)
    s.add("call_log", _id=1, jid_row_id=1, from_me=0, call_id="call:A", timestamp=T0 + 777000,
          video_call=1, duration=65, call_result=5)
    s.add("call_log", _id=2, jid_row_id=2, from_me=1, call_id="call:B", timestamp=T0 + 888000,
          video_call=0, duration=0, call_result=77, group_jid_row_id=3)
    s.add("call_log_participant_v2", call_log_row_id=2, jid_row_id=6, call_result=5)
    s.add("group_participant_user", group_jid_row_id=3, user_jid_row_id=2, rank=2, pending=0)
    s.add("group_participant_user", group_jid_row_id=3, user_jid_row_id=6, rank=0, pending=0)
    s.add("group_past_participant_user", group_jid_row_id=3, user_jid_row_id=7, is_leave=1,
          timestamp=T0 + 1000000)
    s.add("deleted_chat_job", chat_row_id=2, block_size=100, deleted_message_row_id=9)
    s.add("deleted_chat_job", chat_row_id=66, block_size=100)
    s.add("message_orphaned_edit", key_id="EDIT1", from_me=0, chat_row_id=1, timestamp=T0, revoked_key_id="NEVER")
    s.add("newsletter", chat_row_id=3, name="Harbour news", handle="harbour", subscribers_count=1234)
    s.add("newsletter", chat_row_id=67, name="A channel that was left")
    s.add("chat_notes", chat_row_id=2, note="said of a chat")
    s.add("android_metadata", locale="de_DE")


LEGACY = """
CREATE TABLE props (_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT);
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL,
  key_from_me INTEGER, key_id TEXT NOT NULL, status INTEGER, needs_push INTEGER, data TEXT,
  timestamp INTEGER, media_url TEXT, media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER,
  media_name TEXT, media_caption TEXT, media_hash TEXT, media_duration INTEGER, origin INTEGER,
  latitude REAL, longitude REAL, thumb_image TEXT, remote_resource TEXT, received_timestamp INTEGER,
  send_timestamp INTEGER, receipt_server_timestamp INTEGER, receipt_device_timestamp INTEGER,
  read_device_timestamp INTEGER, played_device_timestamp INTEGER, raw_data BLOB,
  recipient_count INTEGER, participant_hash TEXT, starred INTEGER, quoted_row_id INTEGER,
  mentioned_jids TEXT, edit_version INTEGER, forwarded INTEGER);
CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL,
  key_from_me INTEGER, key_id TEXT NOT NULL, data TEXT, timestamp INTEGER, remote_resource TEXT);
CREATE TABLE receipts (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL,
  key_id TEXT NOT NULL, remote_resource TEXT, receipt_device_timestamp INTEGER,
  read_device_timestamp INTEGER, played_device_timestamp INTEGER);
CREATE TABLE message_thumbnails (thumbnail BLOB, timestamp DATETIME, key_remote_jid TEXT NOT NULL,
  key_from_me INTEGER, key_id TEXT NOT NULL);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT UNIQUE,
  subject TEXT, creation INTEGER, archived INTEGER);
CREATE TABLE group_participants (_id INTEGER PRIMARY KEY AUTOINCREMENT, gjid TEXT NOT NULL,
  jid TEXT NOT NULL, admin INTEGER, pending INTEGER);
"""
GROUP = "491701111111-1500000000@g.us"
PEER = "491702222222@s.whatsapp.net"


def legacy_message(store, number, **more):
    values = dict(_id=number, key_remote_jid=PEER, key_from_me=0, key_id=f"OLD{number:04d}", status=0,
                  timestamp=T0 + number * 1000, received_timestamp=T0 + number * 1000 + 100,
                  send_timestamp=-1, media_wa_type="0")
    values.update(more)
    store.add("messages", **values)


def fill_legacy(store):
    s = store
    legacy_message(s, 1, key_remote_jid="-1", key_id="-1", status=-1, timestamp=0)
    legacy_message(s, 2, data="hello")
    legacy_message(s, 3, key_from_me=1, data="reply", receipt_device_timestamp=T0 + 7,
                   read_device_timestamp=T0 + 8, quoted_row_id=1, forwarded=5)
    s.add("messages_quotes", _id=1, key_remote_jid=PEER, key_from_me=0, key_id="OLD0002", data="hello",
          timestamp=T0 + 2000)
    s.add("messages_quotes", _id=2, key_remote_jid=PEER, key_from_me=0, key_id="OLDGONE",
          data="only the copy is left", timestamp=T0 + 2500)
    legacy_message(s, 4, key_remote_jid=GROUP, remote_resource=PEER, data="in the group")
    path = b"Media/WhatsApp Images/IMG-2.jpg"
    legacy_message(s, 5, media_wa_type="1", media_mime_type="image/jpeg", media_size=99,
                   media_hash=digest("old picture"), media_caption="look",
                   thumb_image=b"\xac\xed\x00\x05sr\x00\x0cjava.io.Filet" + len(path).to_bytes(2, "big")
                   + path)
    legacy_message(s, 6, key_remote_jid=GROUP, status=6, key_from_me=1, media_size=11, data="Fishing", remote_resource=PEER)
    legacy_message(s, 7, media_wa_type="5", latitude=1.5, longitude=2.25, media_name="Quay")
    legacy_message(s, 8, media_wa_type="15", edit_version=7)
    legacy_message(s, 10, media_wa_type="8", media_caption="audio")
    legacy_message(s, 9, data=b"broken \xed\xa0\xbd")
    s.add("receipts", key_remote_jid=GROUP, key_id="OLD0004", remote_resource=PEER,
          receipt_device_timestamp=T0 + 70, read_device_timestamp=T0 + 71)
    s.add("receipts", key_remote_jid=GROUP, key_id="OLDGONE2", remote_resource=PEER,
          receipt_device_timestamp=T0 + 72)
    s.add("message_thumbnails", thumbnail=b"\xff\xd8" * 100, key_remote_jid=PEER, key_from_me=0,
          key_id="OLD0005")
    s.add("message_thumbnails", thumbnail=b"\xff\xd8" * 50, key_remote_jid=PEER, key_from_me=0,
          key_id="OLDGONE3")
    s.add("chat_list", key_remote_jid=GROUP, subject="Fishing", creation=T0 - 5, archived=1)
    s.add("group_participants", gjid=GROUP, jid=PEER, admin=1, pending=0)
    s.add("group_participants", gjid=GROUP, jid="", admin=0, pending=0)


def make_current(folder):
    for name, options in {"current": {}, "current-utf16": {"encoding": "UTF-16le"},
                          "current-small-pages": {"page_size": 512}}.items():
        store = Store(f"{folder}/{name}.db", CURRENT, **options)
        fill_current(store)
        store.db.close()


def make_bare(folder):
    """A version with few tables and columns, and NULL wherever it can stand."""
    store = Store(f"{folder}/bare.db", """
      CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id, key_id, timestamp, future BLOB);
      CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path);
      CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY, message_row_id, vcard);
      CREATE TABLE call_log (_id INTEGER PRIMARY KEY, timestamp);
      CREATE TABLE chat (_id INTEGER PRIMARY KEY);""")
    store.add("message", _id=5)
    store.add("message", _id=6, chat_row_id="x", key_id=b"\x00\xff", timestamp="later", future=2.5)
    store.add("message", _id=7, chat_row_id=1, key_id=7, timestamp=T0, future="kept")
    store.add("message_media", message_row_id=5)
    store.add("message_vcard", message_row_id=7, vcard=None)
    store.add("call_log", _id=1)
    store.add("chat", _id=1)
    store.db.close()


def make_legacy(folder):
    store = Store(f"{folder}/legacy.db", LEGACY)
    fill_legacy(store)
    store.db.close()
    store = Store(f"{folder}/both.db", LEGACY + CURRENT.replace("CREATE TABLE props", "CREATE TABLE props2"))
    store.people()
    fill_legacy(store)
    store.add("message", _id=1, chat_row_id=-1, from_me=0, key_id="-1")
    # The same message in both, and one that only the newer table has.
    store.add("message", _id=2, chat_row_id=1, from_me=0, key_id="OLD0002", timestamp=T0 + 2000,
              message_type=0, text_data="hello", sort_id=2)
    store.message(50, "only here")
    store.add("message_media", message_row_id=5, file_path="Media/new.jpg", mime_type="image/jpeg",
              file_hash=digest("old picture"))
    store.add("message_quoted", message_row_id=4, chat_row_id=1, from_me=1, key_id="ASKED", text_data="asked")
    store.add("message_mentions", message_row_id=4, jid_row_id=6)
    store.add("message_location", message_row_id=7, latitude=1.5, longitude=2.25, place_name="Quay")
    store.add("message_system", message_row_id=6, action_type=11)
    store.db.close()


def make_deleted(folder):
    store = Store(f"{folder}/deleted.db", CURRENT)
    store.people()
    for number in range(2, 202):
        store.message(number, f"words of message {number} that are long enough to tell", chat=1 + number % 2)
    for number in range(1, 31):
        store.add("call_log", _id=number, jid_row_id=1, from_me=0, call_id=f"call:{number:030d}",
                  timestamp=T0 + number, video_call=0, duration=number, call_result=5)
    store.db.execute("DELETE FROM message WHERE _id BETWEEN 40 AND 60")
    store.db.execute("DELETE FROM call_log WHERE _id IN (10, 11)")
    store.db.close()


def make_log(folder):
    path = f"{folder}/log.db"
    store = Store(path, CURRENT, wal=True)
    store.people()
    for number in range(2, 12):
        store.message(number, f"message {number}")
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.message(12, "only in the log")
    store.db.execute("UPDATE message SET text_data='after' WHERE _id=5")
    for suffix in ("", "-wal"):
        shutil.copy(path + suffix, f"{folder}/in-log.db{suffix}")
    store.db.close()
    os.remove(path)
    # Nothing was ever copied back: the main file does not even have the tables.
    store = Store(path, "", wal=True)
    store.db.execute("PRAGMA wal_autocheckpoint=0")
    store.db.executescript(CURRENT)
    store.people()
    store.message(2, "all of it in the log")
    for suffix in ("", "-wal"):
        shutil.copy(path + suffix, f"{folder}/all-in-log.db{suffix}")
    store.db.close()
    os.remove(path)


def make_book(folder):
    store = Store(f"{folder}/wa.db", """
      CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL,
        is_whatsapp_user BOOLEAN NOT NULL, status TEXT, status_timestamp INTEGER, number TEXT,
        raw_contact_id INTEGER, display_name TEXT, given_name TEXT, family_name TEXT, wa_name TEXT,
        sort_name TEXT, nickname TEXT, company TEXT, title TEXT);
      CREATE TABLE wa_vnames (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, serial INTEGER,
        issuer TEXT, expires INTEGER, verified_name TEXT NOT NULL);
      CREATE TABLE wa_block_list (jid TEXT PRIMARY KEY NOT NULL);
      CREATE TABLE wa_group_descriptions (jid TEXT PRIMARY KEY NOT NULL, description TEXT,
        setter_jid TEXT, timestamp INTEGER);""")
    store.add("wa_contacts", jid=JIDS[1], is_whatsapp_user=1, status="at sea", number="+49 170 1111111",
              display_name="Anna Blick", wa_name="anna", given_name="Anna")
    store.add("wa_contacts", jid=JIDS[2], is_whatsapp_user=1, wa_name="Ben")
    store.add("wa_contacts", jid="491708888888@s.whatsapp.net", is_whatsapp_user=1, display_name="Gone")
    store.add("wa_vnames", jid=JIDS[6], serial=1, issuer="x", verified_name="Boats Ltd")
    store.add("wa_block_list", jid=JIDS[7])
    store.add("wa_group_descriptions", jid=JIDS[3], description="tides", timestamp=T0 // 1000)
    store.db.execute("DELETE FROM wa_contacts WHERE display_name='Gone'")
    store.db.close()


def make_keys(folder):
    store = Store(f"{folder}/axolotl.db", """
      CREATE TABLE identities (_id INTEGER PRIMARY KEY AUTOINCREMENT, recipient_id INTEGER,
        recipient_type INTEGER NOT NULL DEFAULT 0, device_id INTEGER, registration_id INTEGER,
        public_key BLOB, private_key BLOB, next_prekey_id INTEGER, timestamp INTEGER);
      CREATE TABLE sessions (_id INTEGER PRIMARY KEY AUTOINCREMENT, recipient_id INTEGER,
        recipient_type INTEGER NOT NULL DEFAULT 0, device_id INTEGER, record BLOB, timestamp INTEGER);
      CREATE TABLE prekeys (_id INTEGER PRIMARY KEY AUTOINCREMENT, prekey_id INTEGER, record BLOB);""")
    store.add("identities", recipient_id=-1, registration_id=4242, public_key=b"\x05" * 33,
              private_key=b"\x07" * 32, timestamp=T0 // 1000)
    store.add("identities", recipient_id=491702222222, device_id=0, public_key=b"\x06" * 33,
              timestamp=T0 // 1000)
    store.add("sessions", recipient_id=491702222222, device_id=0, record=b"\x08" * 90, timestamp=T0 // 1000)
    store.add("prekeys", prekey_id=1, record=b"\x09" * 60)
    store.db.close()


def main():
    folder = sys.argv[1]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for make in (make_current, make_bare, make_legacy, make_deleted, make_log, make_book, make_keys):
        make(folder)
    with open(f"{folder}/com.whatsapp_preferences_light.xml", "w", encoding="utf-8") as file:
        file.write("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n"
                   '    <string name="ph">1705555555</string>\n    <string name="cc">49</string>\n'
                   '    <string name="registration_jid">491705555555</string>\n'
                   '    <string name="push_name">Käpt\'n Olaf</string>\n'
                   '    <boolean name="sound" value="true" />\n</map>\n')


if __name__ == "__main__":
    main()
