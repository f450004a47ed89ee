#!/usr/bin/env python3
"""Makes databases as Viber's clients have them, from the facts in docs/formats/viber.md.

usage: make_databases.py FOLDER

The same files every time, up to what SQLite itself writes. Schemas are made up from what is known of
them: newer ones, older ones, and ones with columns missing.
"""
import pathlib
import random
import shutil
import sqlite3
import sys

START = 1_700_000_000_000  # ms since 1970
EPOCH = 292_057_776_050
COCOA = 978_307_200


def token(milliseconds, low=7):
    """The number that the server gives a message at that moment."""
    return (milliseconds - EPOCH) << 22 | low


def create(path, statements=(), pragmas=()):
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("secure_delete=0", *pragmas):
        database.execute("PRAGMA " + pragma)
    for statement in statements:
        database.execute(statement)
    return database


def insert(database, table, rows):
    for row in rows:
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


DESKTOP = (
    "CREATE TABLE Contact (ContactID INTEGER PRIMARY KEY, Name TEXT, Number TEXT UNIQUE, MID TEXT,"
    " EncryptedMID TEXT, ClientName TEXT, ContactFlags INTEGER DEFAULT 0, DateOfBirth TEXT)",
    "CREATE TABLE ChatInfo (ChatID INTEGER PRIMARY KEY, Name TEXT, Token TEXT UNIQUE,"
    " Flags INTEGER DEFAULT 0, TimeStamp LONGINT NOT NULL DEFAULT 0, LastReadMessageToken INTEGER,"
    " PGType INTEGER, PGUri TEXT)",
    "CREATE TABLE ChatRelation (ChatID INTEGER NOT NULL, ContactID INTEGER NOT NULL,"
    " PGRole INTEGER, PRIMARY KEY (ChatID, ContactID))",
    "CREATE TABLE Events (EventID INTEGER PRIMARY KEY, TimeStamp LONGINT NOT NULL, Direction INTEGER"
    " NOT NULL, Type SMALLINT NOT NULL, ContactLongitude LONG DEFAULT 0, ContactLatitude LONG"
    " DEFAULT 0, ChatID INTEGER, ContactID INTEGER, Token LONG NOT NULL, IsRead INTEGER DEFAULT 0,"
    " SortOrder INTEGER, Seq INTEGER)",
    "CREATE INDEX EventsChat ON Events (ChatID, SortOrder)",
    "CREATE TABLE Messages (EventID INTEGER PRIMARY KEY, Type INTEGER NOT NULL, Status INTEGER NOT"
    " NULL DEFAULT 0, Subject TEXT, Body TEXT, Flag INTEGER DEFAULT 0, PayloadPath TEXT,"
    " ThumbnailPath TEXT, StickerID LONG DEFAULT 0, PttID TEXT, Duration INTEGER DEFAULT 0,"
    " Info TEXT, ClientFlag INTEGER, AdminsReactions TEXT, MembersReactions TEXT, SelfReaction TEXT)",
    "CREATE TABLE LikeRelation (MessageToken INTEGER NOT NULL, LikeEventID INTEGER NOT NULL,"
    " PRIMARY KEY (MessageToken, LikeEventID))",
    "CREATE TABLE Calls (EventID INTEGER PRIMARY KEY, Type INTEGER, Duration INTEGER)",
    "CREATE TABLE UploadFile (EventID INTEGER, FilePath TEXT, Progress INTEGER)",
    "CREATE TABLE Settings (Name TEXT, Value TEXT)",
)


def desktop_rows(database):
    insert(database, "Contact", [
        {"ContactID": 1, "Number": "+385911111111", "MID": "mid-me"},
        {"ContactID": 2, "Name": "Rosa", "Number": "+385912222222", "MID": "mid-rosa",
         "DateOfBirth": "1990-01-01"},
        {"ContactID": 3, "ClientName": "Karim", "Number": "+963933333333", "MID": "mid-karim"},
    ])
    insert(database, "ChatInfo", [
        {"ChatID": 1, "Flags": 1 << 19, "Token": "11"},
        {"ChatID": 2, "Name": "\u2068Crossing\u2069", "Token": "5577", "PGType": 255},
        {"ChatID": 3, "Token": None, "PGType": 255},
        {"ChatID": 4, "Name": "News", "Token": "9", "PGType": 3, "PGUri": "news.uri"},
    ])
    insert(database, "ChatRelation", [
        {"ChatID": chat, "ContactID": contact, "PGRole": role}
        for chat, contact, role in ((1, 1, None), (2, 1, 2), (2, 2, 1), (2, 3, None), (3, 1, None),
                                    (3, 2, None))])
    quote = ('{"quote":{"token":%d,"text":"gdje si \\"ti\\"?\\u00e9","memberId":"mid-rosa"},'
             '"edit":{"token":123}}' % token(START))
    file_info = ('{"fileInfo":{"FileName":"map.pdf","ContentType":"application/pdf","FileSize":'
                 '"123456","FileHash":"' + "ab" * 32 + '","Weird":{"x":1}},"Title":"a map"}')
    rows = [  # chat, contact, direction, event type, message type, body, more
        (2, 2, 0, 0, 1, "gdje si \"ti\"?é", {}),
        (2, 1, 1, 0, 1, "tu sam", {"Info": quote}),
        (2, 3, 0, 0, 2, None, {"PayloadPath": "C:\\ViberDownloads\\a.jpg",
                               "ThumbnailPath": "C:\\thumbs\\a.jpg", "Info": "{}"}),
        (2, 3, 0, 0, 11, None, {"Info": file_info, "PayloadPath": "C:\\ViberDownloads\\map.pdf"}),
        (2, 3, 0, 0, 72, "", {"Info": ""}),
        (3, 2, 0, 0, 5, None, {}),
        (3, 2, 0, 0, 6, None, {"PttID": "ptt-1", "Duration": 61500}),
        (3, 1, 1, 0, 4, None, {"StickerID": 400123}),
        (3, 2, 0, 0, 10, "contact", {"Info": '{"ContactName":"Ali","PhoneNumber":"+905551112233"}'}),
        (3, 2, 0, 0, 9, "https://example.org", {"Info": '{"URL":"https://example.org","Title":"E"}'}),
        (3, 2, 0, 0, 99, "new kind", {"Info": "{broken"}),
        (3, 2, 0, 3, 0, "", {"Info": '{"pin":{"action":"pin","token":42}}'}),
        (77, 88, 0, 0, 1, "nobody knows me", {}),
        (None, None, 0, 0, 1, "no chat at all", {}),
        (4, 2, 0, 0, 1, "news", {"SelfReaction": "❤️", "MembersReactions": '{"1":12}'}),
        (3, 2, 0, 1, 0, None, {}),
        (3, 1, 1, 0, 1, "last text", {"Info": '{"desktop_info":{"edit_token":%d}}'
                                              % token(START + 5_000_000)}),
        (3, 1, 1, 0, 1, "first text", {"Info": '{"edit":{"token":%d}}' % token(START),
                                       "ClientFlag": 256}),
    ]
    for number, (chat, contact, direction, event, kind, body, more) in enumerate(rows):
        time = START + number * 60_000
        clock = time - 3_600_000 if number == 1 else time - 400
        place = {"ContactLatitude": 458150000, "ContactLongitude": 159819000} if kind == 5 else {}
        insert(database, "Events", [{
            "EventID": 10 + number, "TimeStamp": time, "Direction": direction, "Type": event,
            "ChatID": chat, "ContactID": contact, "Token": token(clock, number), **place}])
        insert(database, "Messages", [{"EventID": 10 + number, "Type": kind, "Body": body, **more}])
    # A like is an event of its own.
    insert(database, "Events", [
        {"EventID": 40, "TimeStamp": START + 3_000_000, "Direction": 0, "Type": 3, "ChatID": 2,
         "ContactID": 2, "Token": token(START + 3_000_000)}])
    insert(database, "LikeRelation", [
        {"MessageToken": token(START - 400, 0), "LikeEventID": 40},
        {"MessageToken": 4242, "LikeEventID": 41}])
    insert(database, "Calls", [{"EventID": 25, "Type": 2, "Duration": 63},
                               {"EventID": 999, "Type": 1, "Duration": 5}])
    insert(database, "UploadFile", [{"EventID": 12, "FilePath": "C:\\up\\a.jpg", "Progress": 100}])
    insert(database, "Messages", [{"EventID": 500, "Type": 1, "Body": "a message without an event"}])
    insert(database, "Settings", [{"Name": "theme", "Value": "dark"}])


def desktop(folder):
    database = create(folder / "desktop.db", DESKTOP)
    desktop_rows(database)
    database.close()
    utf16 = create(folder / "desktop_utf16.db", DESKTOP, ("encoding='UTF-16le'",))
    desktop_rows(utf16)
    utf16.close()
    old = create(folder / "desktop_old.db", (
        "CREATE TABLE Contact (ContactID INTEGER PRIMARY KEY, Name TEXT, Number TEXT)",
        "CREATE TABLE ChatInfo (ChatID INTEGER PRIMARY KEY, Name TEXT)",
        "CREATE TABLE Events (EventID INTEGER PRIMARY KEY, TimeStamp LONGINT, Direction INTEGER,"
        " Type SMALLINT, Number TEXT, ChatID INTEGER, Token LONG)",
        "CREATE TABLE Messages (EventID INTEGER PRIMARY KEY, Type INTEGER, Body TEXT)"))
    insert(old, "Events", [{"EventID": 1, "TimeStamp": START, "Direction": 0, "Type": 0,
                            "Number": "+123456789", "ChatID": 1, "Token": 17}])
    insert(old, "Messages", [{"EventID": 1, "Type": 1, "Body": "old"}])
    old.close()
    numbers = create(folder / "desktop_numbers.db", (
        "CREATE TABLE Contact (ContactID INTEGER PRIMARY KEY, FirstName TEXT, SecondName TEXT)",
        "CREATE TABLE ContactRelation (ContactID INTEGER, Number TEXT)",
        "CREATE TABLE OriginNumberInfo (Number TEXT, ClientName TEXT)",
        "CREATE TABLE ChatInfo (ChatID INTEGER PRIMARY KEY, Name TEXT, Token TEXT)",
        "CREATE TABLE ChatRelation (ChatID INTEGER, Number TEXT)",
        "CREATE TABLE Events (EventID INTEGER PRIMARY KEY, TimeStamp LONGINT, Direction INTEGER,"
        " Type SMALLINT, ChatID INTEGER, Number TEXT, Token LONG)",
        "CREATE TABLE Messages (EventID INTEGER PRIMARY KEY, Type INTEGER, Body TEXT)"))
    insert(numbers, "Contact", [{"ContactID": 200, "FirstName": "Rosa", "SecondName": "Horvat"}])
    insert(numbers, "ContactRelation", [{"ContactID": 200, "Number": "+385912222222"},
                                        {"ContactID": 300, "Number": "+111222333"}])
    insert(numbers, "OriginNumberInfo", [{"Number": "+963933333333", "ClientName": "Karim"}])
    insert(numbers, "ChatInfo", [{"ChatID": 1}])
    insert(numbers, "ChatRelation", [{"ChatID": 1, "Number": "+385912222222"}])
    for number, (direction, phone, body) in enumerate((
            (0, "+385912222222", "a"), (0, "+963933333333", "b"), (1, "+385912222222", "c"),
            (0, "+111222333", "d"))):
        insert(numbers, "Events", [{"EventID": 1 + number, "TimeStamp": START // 1000 + number,
                                    "Direction": direction, "Type": 0, "ChatID": 1,
                                    "Number": phone, "Token": token(START)}])
        insert(numbers, "Messages", [{"EventID": 1 + number, "Type": 1, "Body": body}])
    numbers.close()


def deleted(folder):
    """Messages that were deleted, of which traces are left; the log has what the file has not."""
    path = folder / "deleted.db"
    database = create(path, DESKTOP)
    desktop_rows(database)
    generator = random.Random(4)
    for number in range(300):
        time = START + 10_000_000 + number * 60_000
        insert(database, "Events", [{"EventID": 1000 + number, "TimeStamp": time,
                                     "Direction": number % 2, "Type": 0, "ChatID": 2,
                                     "ContactID": 1 + number % 2, "Token": token(time, number)}])
        words = " ".join(generator.choice(("sea", "boat", "money", "night", "border", "friend"))
                         for _ in range(9))
        insert(database, "Messages", [{"EventID": 1000 + number, "Type": 1,
                                       "Body": f"number {number}: {words}", "Info": "{}"}])
    database.execute("DELETE FROM Messages WHERE EventID BETWEEN 1050 AND 1249")
    database.execute("DELETE FROM Events WHERE EventID BETWEEN 1050 AND 1249")
    database.close()

    database = create(folder / "work.db", DESKTOP, ("journal_mode=wal", "wal_autocheckpoint=0"))
    desktop_rows(database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    insert(database, "Events", [{"EventID": 3000, "TimeStamp": START + 9_000_000, "Direction": 1,
                                 "Type": 0, "ChatID": 2, "ContactID": 1,
                                 "Token": token(START + 9_000_000)}])
    insert(database, "Messages", [{"EventID": 3000, "Type": 1, "Body": "only the log has me"}])
    database.execute("DELETE FROM Messages WHERE EventID = 10")
    shutil.copyfile(folder / "work.db", folder / "log.db")
    shutil.copyfile(folder / "work.db-wal", folder / "log.db-wal")
    database.close()
    for leftover in folder.glob("work.db*"):
        leftover.unlink()


def android(folder):
    database = create(folder / "viber_messages", (
        "CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id INTEGER,"
        " order_key LONG, msg_date LONG, token LONG, participant_id INTEGER, unread INTEGER, flag"
        " INTEGER, extra_flags LONG, deleted INTEGER DEFAULT 0, send_type INTEGER, extra_mime"
        " INTEGER, status INTEGER, opened INTEGER, location_lat INTEGER, location_lng INTEGER,"
        " extra_uri TEXT, body TEXT, description TEXT, msg_info TEXT, msg_info_bin BLOB, spans TEXT,"
        " timebomb INTEGER, read_message_time LONG, quoted_message_data TEXT, destination_uri TEXT)",
        "CREATE TABLE conversations (_id INTEGER PRIMARY KEY, conversation_type INTEGER, group_id"
        " LONG, name TEXT, deleted INTEGER, flags LONG, date LONG, timebomb_time INTEGER, group_role"
        " INTEGER, participant_id_1 INTEGER)",
        "CREATE TABLE participants (_id INTEGER PRIMARY KEY, conversation_id INTEGER,"
        " participant_info_id INTEGER, active INTEGER, group_role INTEGER)",
        "CREATE TABLE participants_info (_id INTEGER PRIMARY KEY, number TEXT, encrypted_number TEXT,"
        " display_name TEXT, contact_name TEXT, viber_name TEXT, viber_id TEXT, member_id TEXT,"
        " participant_type INTEGER)",
        "CREATE TABLE messages_calls (_id INTEGER PRIMARY KEY, message_id INTEGER, conversation_id"
        " INTEGER, date LONG, duration LONG, viber_call_type INTEGER)",
        "CREATE TABLE messages_likes (_id INTEGER PRIMARY KEY, message_token LONG, like_token LONG,"
        " participant_number TEXT, date LONG, type INTEGER)",
        "CREATE TABLE public_accounts (_id INTEGER PRIMARY KEY, group_id LONG, name TEXT)",
        "CREATE TABLE folders (_id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE android_metadata (locale TEXT)"))
    insert(database, "participants_info", [
        {"_id": 1, "number": "+385911111111", "viber_name": "Me", "member_id": "mid-me",
         "participant_type": 0},
        {"_id": 2, "number": "+385912222222", "contact_name": "Rosa", "viber_name": "rosa89",
         "member_id": "mid-rosa", "participant_type": 1}])
    insert(database, "conversations", [
        {"_id": 1, "conversation_type": 0, "group_id": 0, "name": ""},
        {"_id": 2, "conversation_type": 1, "group_id": 5577, "name": "Crossing", "deleted": 1},
        {"_id": 6, "conversation_type": 6}])
    insert(database, "participants", [
        {"_id": 1, "conversation_id": 1, "participant_info_id": 1, "active": 1},
        {"_id": 2, "conversation_id": 1, "participant_info_id": 2, "active": 1},
        {"_id": 3, "conversation_id": 2, "participant_info_id": 2, "active": 0, "group_role": 2},
        {"_id": 4, "conversation_id": 2, "participant_info_id": 99, "active": 1}])
    common = [
        {"body": "gdje si?", "participant_id": 2, "send_type": 0, "extra_mime": 0},
        {"body": "tu sam", "participant_id": 1, "send_type": 1, "extra_mime": 0,
         "quoted_message_data": '{"token":%d,"body":"gdje si?","memberId":"mid-rosa"}' % token(START)},
        {"body": "message_deleted/mid-rosa", "participant_id": 2, "send_type": 0, "extra_mime": 1000},
        {"body": "", "participant_id": 2, "send_type": 0, "extra_mime": 1,
         "extra_uri": "content://com.viber.voip/1.jpg",
         "msg_info": '{"fileInfo":{"fileName":"1.jpg","fileSize":77}}'},
        {"body": None, "participant_id": 2, "send_type": 0, "extra_mime": "location",
         "location_lat": 458150000, "location_lng": 159819000},
        {"body": "of nobody", "participant_id": 1234, "send_type": 0, "conversation_id": 9},
        {"body": "x" * 6000, "participant_id": 2, "send_type": 0, "read_message_time": START + 5,
         "msg_info_bin": b"\x08\x01"},
        {"body": '[{"Type":"txt","Text":"a \\"rich\\" notice"},{"Type":"img"}]', "extra_mime": 7,
         "participant_id": 2, "send_type": 0},
        {"body": "?", "extra_mime": 4711, "participant_id": 2, "send_type": 0}]
    for number, row in enumerate(common):
        time = START + number * 1000
        insert(database, "messages", [{"conversation_id": 1 + number % 2, "msg_date": time,
                                       "token": token(time, number), "order_key": time, **row}])
    insert(database, "messages_calls", [
        {"message_id": 1, "conversation_id": 1, "date": START, "duration": 5, "viber_call_type": 1},
        {"message_id": 77, "conversation_id": 1, "date": START, "duration": 6}])
    insert(database, "messages_likes", [
        {"message_token": token(START, 0), "like_token": 5, "participant_number": "mid-rosa",
         "date": START + 9, "type": 1},
        {"message_token": 1, "like_token": 6, "participant_number": "+385912222222"}])
    insert(database, "public_accounts", [{"group_id": 8, "name": "News"}])
    database.close()

    threads = create(folder / "threads.db", (
        "CREATE TABLE threads (_id INTEGER PRIMARY KEY, date LONG, recipient_number TEXT)",
        "CREATE TABLE groups (_id INTEGER PRIMARY KEY, thread_id INTEGER, name TEXT)",
        "CREATE TABLE messages (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date LONG,"
        " type INTEGER, body TEXT, location_lat INTEGER, location_lng INTEGER)",
        "CREATE TABLE participants (_id INTEGER PRIMARY KEY, thread_id INTEGER, number TEXT)"))
    insert(threads, "threads", [{"_id": 1, "recipient_number": "+385912222222"},
                                {"_id": 2, "recipient_number": "groupEntity"}])
    insert(threads, "groups", [{"thread_id": 2, "name": "Crossing"}])
    insert(threads, "participants", [{"thread_id": 1, "number": "+385912222222"},
                                     {"thread_id": 2, "number": "owner"}])
    insert(threads, "messages", [
        {"thread_id": 1, "address": "+385912222222", "date": START, "type": 0, "body": "old",
         "location_lat": 45, "location_lng": 16},
        {"thread_id": 2, "address": "groupEntity", "date": START, "type": 1, "body": "mine"}])
    threads.close()


def phone_book(folder):
    database = create(folder / "viber_data", (
        "CREATE TABLE calls (_id INTEGER PRIMARY KEY, call_id LONG, aggregate_hash LONG, number TEXT,"
        " canonized_number TEXT, viber_call BOOLEAN, viber_call_type INTEGER, date LONG, duration"
        " LONG, type INT, end_reason INT, start_reason INT, token LONG, conference_info TEXT,"
        " group_id LONG DEFAULT 0)",
        "CREATE TABLE phonebookcontact (_id INTEGER PRIMARY KEY, display_name TEXT, viber BOOLEAN,"
        " joined_date LONG)",
        "CREATE TABLE phonebookdata (_id INTEGER PRIMARY KEY, contact_id INTEGER, data1 TEXT, data2"
        " TEXT, data3 TEXT)",
        "CREATE TABLE vibernumbers (_id INTEGER PRIMARY KEY, canonized_number TEXT, viber_name TEXT,"
        " member_id TEXT, viber_id TEXT, date_of_birth TEXT)",
        "CREATE TABLE blockednumbers (_id INTEGER PRIMARY KEY, canonized_number TEXT, blocked_date"
        " LONG)"))
    insert(database, "phonebookcontact", [{"_id": 1, "display_name": "Rosa", "viber": 1},
                                          {"_id": 2, "display_name": "Without number"}])
    insert(database, "phonebookdata", [
        {"contact_id": 1, "data1": "0912222222", "data2": "+385912222222"},
        {"contact_id": 1, "data1": "0913333333", "data2": "+385913333333"},
        {"contact_id": 9, "data1": "123456", "data2": None}])
    insert(database, "vibernumbers", [{"canonized_number": "+385912222222", "member_id": "mid-rosa",
                                       "viber_name": "rosa89", "date_of_birth": "1.1.1990"}])
    insert(database, "blockednumbers", [{"canonized_number": "+10000000", "blocked_date": START}])
    conference = '{"conferenceParticipants":[{"memberId":"mid-karim","displayName":"Karim"}]}'
    for number, (kind, call, duration, group) in enumerate(
            ((1, 1, 60, 0), (2, 4, 61, 0), (3, 1, 0, 0), (9, 7, 0, 0), (2, 1, 62, 5577))):
        time = START + number * 100_000
        insert(database, "calls", [{
            "call_id": -1, "number": "+385912222222", "canonized_number": "+385912222222",
            "viber_call": 1, "viber_call_type": call, "date": time, "duration": duration,
            "type": kind, "token": token(time - 6300, number), "group_id": group,
            "conference_info": conference if group else None}])
    database.close()


def settings(folder):
    database = create(folder / "viber_prefs", (
        "CREATE TABLE kvdata (object_id INTEGER PRIMARY KEY, category TEXT, key TEXT, value_type"
        " INTEGER, value TEXT)",))
    insert(database, "kvdata", [
        {"category": "c", "key": "key_hidden_chats_pin", "value": "ab" * 32},
        {"category": "c", "key": "reg_number", "value": "+385911111111"},
        {"category": "c", "key": "theme", "value": "dark"}])
    database.close()
    database = create(folder / "Settings.data", ("CREATE TABLE Data (key TEXT, value TEXT)",))
    insert(database, "Data", [{"key": "_myUserName", "value": "Owner"},
                              {"key": "_myPhoneNumber", "value": "+385911111111"},
                              {"key": "_hiddenChatsPINData", "value": "ab" * 32},
                              {"key": "_registrationDate", "value": "2020-01-01"},
                              {"key": "_sound", "value": "1"}])
    database.close()


def ios(folder):
    database = create(folder / "Contacts.data", (
        "CREATE TABLE ZCONVERSATION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME"
        " VARCHAR, ZGROUPID VARCHAR, ZSUBTYPE INTEGER, ZINTERLOCUTOR INTEGER, ZLASTREADTOKEN"
        " INTEGER)",
        "CREATE TABLE ZMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZDISPLAYFULLNAME VARCHAR,"
        " ZMEMBERID VARCHAR)",
        "CREATE TABLE ZPHONENUMBER (Z_PK INTEGER PRIMARY KEY, ZMEMBER INTEGER, ZCONTACT INTEGER,"
        " ZPHONE VARCHAR, ZCANONIZEDPHONENUM VARCHAR)",
        "CREATE TABLE ZABCONTACTNUMBER (Z_PK INTEGER PRIMARY KEY, ZCONTACT INTEGER, ZPHONE VARCHAR,"
        " ZCANONIZEDPHONENUM VARCHAR)",
        "CREATE TABLE ZABCONTACT (Z_PK INTEGER PRIMARY KEY, ZMAINNAME VARCHAR, ZSUFFIXNAME VARCHAR)",
        "CREATE TABLE Z_4MEMBERS (Z_4CONVERSATIONS INTEGER, Z_9MEMBERS INTEGER, PRIMARY KEY"
        " (Z_4CONVERSATIONS, Z_9MEMBERS))",
        "CREATE TABLE ZVIBERMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZTEXT VARCHAR, ZDATE"
        " TIMESTAMP, ZSTATEDATE TIMESTAMP, ZSTATE VARCHAR, ZSYSTEMTYPE VARCHAR, ZTOKEN INTEGER,"
        " ZMETADATA VARCHAR, ZATTACHMENT INTEGER, ZLOCATION INTEGER, ZCONVERSATION INTEGER,"
        " ZPHONENUMINDEX INTEGER, ZBEINGDELETED INTEGER, ZTIMEBOMBDURATION INTEGER, ZLIKESCOUNT"
        " INTEGER)",
        "CREATE TABLE ZATTACHMENT (Z_PK INTEGER PRIMARY KEY, ZTYPE VARCHAR, ZNAME VARCHAR,"
        " ZFILESIZE INTEGER)",
        "CREATE TABLE ZVIBERLOCATION (Z_PK INTEGER PRIMARY KEY, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,"
        " ZADDRESS VARCHAR)",
        "CREATE TABLE ZRECENT (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION INTEGER,"
        " ZRECENTSLINE INTEGER, ZCALLLOGMESSAGE INTEGER)",
        "CREATE TABLE ZRECENTSLINE (Z_PK INTEGER PRIMARY KEY, ZCALLTYPE VARCHAR, ZPHONENUMBER"
        " VARCHAR)"))
    insert(database, "ZMEMBER", [{"Z_PK": 1, "ZDISPLAYFULLNAME": "Rosa", "ZMEMBERID": "mid-rosa"}])
    insert(database, "ZPHONENUMBER", [{"Z_PK": 1, "ZMEMBER": 1, "ZCANONIZEDPHONENUM":
                                       "+385912222222"}])
    insert(database, "ZABCONTACT", [{"ZMAINNAME": "Rosa Home"}])
    insert(database, "ZABCONTACTNUMBER", [{"ZCONTACT": 1, "ZPHONE": "0914444444"}])
    insert(database, "ZCONVERSATION", [
        {"Z_PK": 1, "ZINTERLOCUTOR": 1}, {"Z_PK": 2, "ZNAME": "Crossing", "ZGROUPID": "5577"},
        {"Z_PK": 3, "ZSUBTYPE": 5}])
    insert(database, "Z_4MEMBERS", [{"Z_4CONVERSATIONS": 2, "Z_9MEMBERS": 1}])
    insert(database, "ZATTACHMENT", [{"Z_PK": 1, "ZTYPE": "picture", "ZNAME": "a.jpg",
                                      "ZFILESIZE": 99}])
    insert(database, "ZVIBERLOCATION", [{"Z_PK": 1, "ZLATITUDE": 45.815, "ZLONGITUDE": 15.9819,
                                         "ZADDRESS": "Zagreb"}])
    rows = [{"ZTEXT": "gdje si?", "ZSTATE": "received", "ZPHONENUMINDEX": 1},
            {"ZTEXT": "tu sam", "ZSTATE": "delivered", "late": True, "ZMETADATA":
             '{"quote":{"token":"%d","text":"gdje si?"}}' % token(START)},
            {"ZSTATE": "received", "ZATTACHMENT": 1, "ZPHONENUMINDEX": 1},
            {"ZSTATE": "received", "ZLOCATION": 1, "ZSYSTEMTYPE": "customLocation"},
            {"ZSTATE": "received", "ZSYSTEMTYPE": "systemCallLog"},
            {"ZSTATE": "received", "ZSYSTEMTYPE": "brandNew", "ZTEXT": "?", "ZBEINGDELETED": 1},
            {"ZSTATE": None, "ZTEXT": "of nowhere", "ZCONVERSATION": 44, "ZPHONENUMINDEX": 55}]
    for number, row in enumerate(rows):
        time = START + number * 1000
        date = time / 1000 - COCOA
        late = row.pop("late", False)  # the other way round
        insert(database, "ZVIBERMESSAGE", [{"ZDATE": date + (2 if late else 0.25),
                                            "ZSTATEDATE": date + (0.25 if late else 2),
                                            "ZTOKEN": token(time, number), "ZCONVERSATION": 1,
                                            **row}])
    insert(database, "ZRECENTSLINE", [{"Z_PK": 1, "ZCALLTYPE": "incoming_with_video"},
                                      {"Z_PK": 2, "ZCALLTYPE": "missed", "ZPHONENUMBER": 1}])
    insert(database, "ZRECENT", [
        {"ZDATE": START / 1000 - COCOA, "ZDURATION": 12, "ZRECENTSLINE": 1, "ZCALLLOGMESSAGE": 5},
        {"ZDATE": START / 1000 - COCOA, "ZRECENTSLINE": 2, "ZCALLLOGMESSAGE": None}])
    database.close()


def odd(folder):
    """Every value of a type that nobody expects, and NULL wherever that is allowed."""
    for name in ("desktop", "viber_messages", "viber_data", "Contacts.data"):
        source = folder / (name + ".db" if name == "desktop" else name)
        target = folder / ("odd_" + source.name)
        shutil.copyfile(source, target)
        database = sqlite3.connect(target, isolation_level=None)
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        generator = random.Random(name)
        for table in tables:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")
                       if not row[5] and not row[3]]
            for column in columns:
                value = generator.choice((None, "text", b"\xff\x00blob", -1, 1.5, 2**62, "", "\ufeff"))
                database.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid % 2 = 0", (value,))
        database.close()


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in (desktop, deleted, android, phone_book, settings, ios, odd):
        make(folder)
    (folder / "viber.db").write_bytes(random.Random(7).randbytes(64 << 10))


if __name__ == "__main__":
    main()
