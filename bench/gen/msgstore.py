#!/usr/bin/env python3
"""Makes a WhatsApp msgstore.db of the current schema: the same one for the same seed.

One chat in four is a group; one message in twenty has a file, one in fifty is quoted, all were
received by somebody.

    bench/gen/msgstore.py --n 1000000 --seed 1 -o msgstore.db
"""
import argparse
import os
import random
import sqlite3

SCHEMA = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL,
  agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER,
  subject TEXT, created_timestamp INTEGER, archived INTEGER, sort_timestamp INTEGER,
  ephemeral_expiration INTEGER, group_type INTEGER NOT NULL DEFAULT 0);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
  from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER,
  broadcast INTEGER, recipient_count INTEGER, participant_hash TEXT, origination_flags INTEGER,
  origin INTEGER, timestamp INTEGER, received_timestamp INTEGER, receipt_server_timestamp INTEGER,
  message_type INTEGER, text_data TEXT, starred INTEGER, lookup_tables INTEGER,
  message_add_on_flags INTEGER, sort_id INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX message_key_index ON message (chat_row_id, from_me, key_id, sender_jid_row_id);
CREATE INDEX message_chat_index ON message (chat_row_id, sort_id);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, file_path TEXT,
  file_size INTEGER, mime_type TEXT, media_name TEXT, file_hash TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER,
  parent_message_chat_row_id INTEGER, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER,
  key_id TEXT NOT NULL, timestamp INTEGER, message_type INTEGER, text_data TEXT);
"""
CHATS, PEOPLE = 40, 300
WORDS = ("the boat leaves on Thursday from usual place bring four blankets and water nobody talks "
         "about price before we are there call me when you see him passport costs more now").split()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", required=True)
    options = parser.parse_args()
    if os.path.exists(options.o):
        os.remove(options.o)
    random.seed(options.seed)
    db = sqlite3.connect(options.o)
    db.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    for person in range(1, PEOPLE + 1):
        user = str(491700000000 + person)
        db.execute("INSERT INTO jid (_id, user, server, raw_string) VALUES (?, ?, 's.whatsapp.net', ?)",
                   (person, user, user + "@s.whatsapp.net"))
    for chat in range(1, CHATS + 1):
        jid = chat
        if chat % 4 == 0:
            jid = PEOPLE + chat
            user = f"12036300000{chat:05}"
            db.execute("INSERT INTO jid (_id, user, server, raw_string) VALUES (?, ?, 'g.us', ?)",
                       (jid, user, user + "@g.us"))
        db.execute("INSERT INTO chat (_id, jid_row_id, subject, created_timestamp) VALUES (?, ?, ?, ?)",
                   (chat, jid, f"Group {chat}" if chat % 4 == 0 else None, 1600000000000))

    def rows():
        when = 1650000000000
        for number in range(1, options.n + 1):
            when += random.randrange(1000, 60000)
            chat = random.randrange(1, CHATS + 1)
            mine = random.random() < 0.4
            sender = 0 if mine or chat % 4 else random.randrange(1, PEOPLE + 1)
            media = number % 20 == 0
            text = None if media else " ".join(random.choices(WORDS, k=random.randrange(2, 16)))
            yield (number, chat, int(mine), f"3EB0{random.getrandbits(64):016X}", sender,
                   13 if mine else 0, when, when + 300, when + 200, 1 if media else 0, text, number)

    db.executemany(
        "INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, status, timestamp,"
        " received_timestamp, receipt_server_timestamp, message_type, text_data, sort_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    db.execute("INSERT INTO message_media SELECT _id, chat_row_id, 'Media/WhatsApp Images/IMG-' || _id ||"
               " '.jpg', 100000 + _id, 'image/jpeg', NULL, NULL FROM message WHERE message_type = 1")
    db.execute("INSERT INTO message_quoted SELECT m._id, m.chat_row_id, q.chat_row_id, q.from_me,"
               " q.sender_jid_row_id, q.key_id, q.timestamp, 0, q.text_data FROM message m"
               " JOIN message q ON q._id = m._id - 7 WHERE m._id % 50 = 1")
    db.commit()
    db.close()


if __name__ == "__main__":
    main()
