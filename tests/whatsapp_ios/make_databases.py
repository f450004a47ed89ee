#!/usr/bin/env python3
"""Databases as WhatsApp for iOS writes them, with known answers.

usage: make_databases.py FOLDER

chats/     everything that a chat can hold, in the columns of a recent version
old/       the few columns of an early version
odd/       NULL everywhere, values of wrong types, references to nothing
log/       rows that only the write-ahead log has
deleted/   messages, a contact and a call that were deleted, secure_delete off
others/    ContactsV2.sqlite, CallHistory.sqlite, LID.sqlite
real/      what the fixtures have, where they are present
"""
import base64
import hashlib
import os
import pathlib
import shutil
import sqlite3
import sys
import zipfile

ANNA, BEN, OWNER = (n + "@s.whatsapp.net" for n in ("491701111111", "491702222222", "491709999999"))
LID = "205690463334636@lid"
GROUP = "120363044520422953@g.us"
START = 700000000  # seconds since 2001


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytes([value]))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def packed(digits):
    digits += "f" * (len(digits) % 2)
    return b"\x81" + bytes.fromhex(digits)


def table(name, *columns):
    declared = ["Z_PK INTEGER PRIMARY KEY", "Z_ENT INTEGER", "Z_OPT INTEGER"]
    kinds = {"#": "INTEGER", "~": "FLOAT", "@": "TIMESTAMP", "!": "BLOB"}
    for column in columns:
        kind = kinds.get(column[0])
        declared.append(f"{column[1:]} {kind}" if kind else f"{column} VARCHAR")
    return f"CREATE TABLE {name} ({', '.join(declared)})"


CHATS = [
    table("ZWACHATSESSION", "#ZARCHIVED", "#ZCONTACTABID", "#ZFLAGS", "#ZHIDDEN", "#ZMESSAGECOUNTER",
          "#ZREMOVED", "#ZSESSIONTYPE", "#ZUNREADCOUNT", "#ZGROUPINFO", "#ZLASTMESSAGE",
          "@ZLASTMESSAGEDATE", "ZCONTACTIDENTIFIER", "ZCONTACTJID", "ZLASTMESSAGETEXT",
          "ZPARTNERNAME", "ZSAVEDINPUT"),
    table("ZWAGROUPINFO", "#ZSTATE", "#ZCHATSESSION", "@ZCREATIONDATE", "ZCREATORJID", "ZOWNERJID",
          "ZPICTUREPATH"),
    table("ZWAGROUPMEMBER", "#ZISACTIVE", "#ZISADMIN", "#ZSENDERKEYSENT", "#ZCHATSESSION",
          "#ZRECENTGROUPCHAT", "ZCONTACTNAME", "ZFIRSTNAME", "ZMEMBERJID"),
    table("ZWAGROUPMEMBERSCHANGE", "#ZCHANGETYPE", "@ZCHANGEDATE", "ZGROUPJID", "ZMEMBERJIDS"),
    table("ZWAMEDIAITEM", "#ZCLOUDSTATUS", "#ZFILESIZE", "#ZMEDIAORIGIN", "#ZMOVIEDURATION",
          "#ZMESSAGE", "~ZASPECTRATIO", "~ZHACCURACY", "~ZLATITUDE", "~ZLONGITUDE",
          "@ZMEDIAURLDATE", "ZAUTHORNAME", "ZCOLLECTIONNAME", "ZMEDIALOCALPATH", "ZMEDIAURL",
          "ZTHUMBNAILLOCALPATH", "ZTITLE", "ZVCARDNAME", "ZVCARDSTRING", "ZXMPPTHUMBPATH",
          "!ZMEDIAKEY", "!ZMETADATA"),
    table("ZWAMESSAGE", "#ZCHILDMESSAGESDELIVEREDCOUNT", "#ZDATAITEMVERSION", "#ZDOCID", "#ZFLAGS",
          "#ZGROUPEVENTTYPE", "#ZISFROMME", "#ZMESSAGEERRORSTATUS", "#ZMESSAGESTATUS",
          "#ZMESSAGETYPE", "#ZSORT", "#ZSPOTLIGHTSTATUS", "#ZSTARRED", "#ZCHATSESSION",
          "#ZGROUPMEMBER", "#ZLASTSESSION", "#ZMEDIAITEM", "#ZMESSAGEINFO", "#ZPARENTMESSAGE",
          "@ZMESSAGEDATE", "@ZSENTDATE", "ZFROMJID", "ZPUSHNAME", "ZSTANZAID", "ZTEXT", "ZTOJID"),
    table("ZWAMESSAGEDATAITEM", "#ZINDEX", "#ZTYPE", "#ZMESSAGE", "@ZDATE", "ZCONTENT1",
          "ZMATCHEDTEXT", "ZSUMMARY", "ZTITLE"),
    table("ZWAMESSAGEINFO", "#ZMESSAGE", "!ZRECEIPTINFO"),
    table("ZWAPROFILEPUSHNAME", "ZJID", "ZPUSHNAME"),
    table("ZWABLACKLISTITEM", "ZJID"),
    table("ZWAPROFILEPICTUREITEM", "ZJID", "ZPATH"),
    "CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_MAX INTEGER)",
    "CREATE INDEX message_chat ON ZWAMESSAGE (ZCHATSESSION, ZSORT)",
]


def insert(db, name, **values):
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO {name} ({names}) VALUES ({marks})", list(values.values()))


def open_new(path, statements, **pragmas):
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm", "-journal"):
        pathlib.Path(str(path) + suffix).unlink(missing_ok=True)
    db = sqlite3.connect(path)
    for name, value in pragmas.items():
        db.execute(f"PRAGMA {name} = {value}")
    for statement in statements:
        db.execute(statement)
    return db


class Writer:
    """Inserts messages one after the other."""

    def __init__(self, db):
        self.db = db
        self.number = 0
        self.media = 0

    def message(self, text=None, type=0, chat=1, mine=0, media=None, info=None, **more):
        self.number += 1
        values = dict(Z_PK=self.number, Z_ENT=9, Z_OPT=1, ZMESSAGETYPE=type, ZISFROMME=mine,
                      ZCHATSESSION=chat, ZMESSAGEDATE=START + 60 * self.number + 0.5, ZTEXT=text,
                      ZSENTDATE=START + 60 * self.number + 2, ZSORT=self.number,
                      ZSTANZAID=f"3A{self.number:018X}", ZMESSAGESTATUS=8 if mine else 0)
        peer = {1: ANNA, 2: GROUP}.get(chat)
        values["ZTOJID" if mine else "ZFROMJID"] = peer
        if media is not None:
            self.media += 1
            insert(self.db, "ZWAMEDIAITEM", Z_PK=self.media, ZMESSAGE=self.number, **media)
            values["ZMEDIAITEM"] = self.media
        if info is not None:
            insert(self.db, "ZWAMESSAGEINFO", Z_PK=self.number, ZMESSAGE=self.number,
                   ZRECEIPTINFO=info)
            values["ZMESSAGEINFO"] = self.number
        values.update(more)
        insert(self.db, "ZWAMESSAGE", **values)
        return self.number


def fill_chats(db):
    insert(db, "ZWACHATSESSION", Z_PK=1, ZCONTACTJID=ANNA, ZPARTNERNAME="Anna Ålesund",
           ZSESSIONTYPE=0, ZMESSAGECOUNTER=100, ZLASTMESSAGEDATE=START + 86400,
           ZLASTMESSAGETEXT="gone", ZSAVEDINPUT="I never sent this")
    insert(db, "ZWACHATSESSION", Z_PK=2, ZCONTACTJID=GROUP, ZPARTNERNAME="Harbour", ZSESSIONTYPE=1,
           ZGROUPINFO=1, ZARCHIVED=1, ZLASTMESSAGEDATE=START)
    insert(db, "ZWACHATSESSION", Z_PK=3, ZCONTACTJID="status@broadcast", ZSESSIONTYPE=3, ZREMOVED=1)
    insert(db, "ZWACHATSESSION", Z_PK=4, ZCONTACTJID=LID, ZCONTACTIDENTIFIER=BEN, ZSESSIONTYPE=77)
    insert(db, "ZWAGROUPINFO", Z_PK=1, ZCHATSESSION=2, ZCREATIONDATE=START - 5000, ZCREATORJID=BEN)
    insert(db, "ZWAGROUPINFO", Z_PK=2, ZCHATSESSION=99, ZCREATIONDATE=START - 6000)
    insert(db, "ZWAGROUPMEMBER", Z_PK=1, ZCHATSESSION=2, ZMEMBERJID=BEN, ZISADMIN=1, ZISACTIVE=1)
    insert(db, "ZWAGROUPMEMBER", Z_PK=2, ZCHATSESSION=2, ZMEMBERJID=LID, ZISADMIN=0, ZISACTIVE=0,
           ZCONTACTNAME="Carla")
    insert(db, "ZWAGROUPMEMBERSCHANGE", Z_PK=1, ZCHANGETYPE=2, ZCHANGEDATE=START + 7,
           ZGROUPJID=GROUP, ZMEMBERJIDS=LID)
    insert(db, "ZWAPROFILEPUSHNAME", Z_PK=1, ZJID=BEN, ZPUSHNAME="ben ⚓")
    insert(db, "ZWABLACKLISTITEM", Z_PK=1, ZJID="491703333333@s.whatsapp.net")
    insert(db, "ZWAPROFILEPICTUREITEM", Z_PK=1, ZJID=ANNA, ZPATH="Media/Profile/1")

    w = Writer(db)
    w.message(type=10, ZGROUPEVENTTYPE=2, ZTOJID=OWNER)                                     # 1
    w.message("Where is the boat?")                                                         # 2
    base = START + 978307200 + 180
    receipt = field(2, field(1, packed("491701111111")) + field(4, 3) + field(5, 60))
    own = field(2, field(1, packed("491709999999")))
    w.message("At the pier", mine=1, info=receipt + own + field(3, base) + field(4, 2))     # 3
    quote = field(5, "3A000000000000000002") + field(6, ANNA) + field(19, field(1, "Where is the boat?"))
    w.message("Which one?", media=dict(ZMETADATA=quote))                                    # 4
    digest = base64.b64encode(hashlib.sha256(b"picture").digest()).decode()
    w.message(type=1, media=dict(
        ZMEDIALOCALPATH=f"Media/{ANNA}/a/b/1.jpg", ZMEDIAURL="https://mmg.example/1", ZFILESIZE=4711,
        ZTITLE="the pier", ZVCARDNAME=digest, ZVCARDSTRING="image/jpeg", ZLATITUDE=640.0,
        ZLONGITUDE=480.0, ZMETADATA=field(17, 6) + field(21, BEN) + field(99, 5)))          # 5
    w.message(type=2, media=dict(ZMEDIALOCALPATH=f"Media/{ANNA}/a/b/2.mp4", ZMOVIEDURATION=12))  # 6
    w.message(type=3, media=dict(ZMEDIALOCALPATH=f"Media/{ANNA}/a/b/3.opus", ZMOVIEDURATION=7))  # 7
    card = ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dora Dock\r\nTEL;waid=491704444444:+49 170 4444444\r\n"
            "item1.TEL:+49 30 1\r\nEND:VCARD")
    second = "BEGIN:VCARD\nFN:Emil\nTEL:112\nEND:VCARD"
    w.message(type=4, media=dict(ZVCARDSTRING=card + "_$!<VCard-Separator>!$_" + second,
                                 ZVCARDNAME="Dora Dock"))                                   # 8
    w.message(type=5, media=dict(ZLATITUDE=35.6385040283203, ZLONGITUDE=-78.8760528564453,
                                 ZTITLE="Pier 7", ZMEDIAURLDATE=-63114076800))              # 9
    link = w.message("see https://example.org/x", type=7)                                   # 10
    insert(db, "ZWAMESSAGEDATAITEM", Z_PK=1, ZMESSAGE=link, ZCONTENT1="https://example.org/x",
           ZTITLE="A page", ZSUMMARY="about boats")
    w.message(type=8, media=dict(ZMEDIALOCALPATH=f"Media/{ANNA}/a/b/4.pdf", ZTITLE="plan.pdf"))  # 11
    w.message(type=14)                                                                      # 12
    w.message(type=38, media=dict(ZVCARDSTRING="image/jpeg"))                               # 13
    poll = field(8, field(2, "When?") + field(3, field(1, "Monday")) + field(3, field(1, "Never")))
    w.message(type=46, info=poll)                                                           # 14
    w.message(type=59)                                                                      # 15
    w.message(type=10, ZGROUPEVENTTYPE=4)                                                   # 16
    w.message("from the future", type=999)                                                  # 17
    reactions = field(7, field(1, field(1, "R1") + field(2, BEN) + field(3, "👍") +
                                  field(4, (base + 5) * 1000)) +
                         field(2, field(1, "R2") + field(2, "⚓") + field(3, (base + 9) * 1000)))
    w.message("Hello harbour", chat=2, ZGROUPMEMBER=1, info=reactions)                      # 18
    w.message("and I", chat=2, ZGROUPMEMBER=2, ZPARENTMESSAGE=18)                           # 19
    w.message(BEN, type=6, chat=2, ZGROUPEVENTTYPE=2, ZGROUPMEMBER=1)                       # 20
    w.message(type=6, chat=2, ZGROUPEVENTTYPE=444)                                          # 21
    w.message("my chat is gone", chat=55, ZFROMJID="491705555555@s.whatsapp.net")           # 22
    w.message("starred", ZSTARRED=1, mine=1, ZMESSAGESTATUS=6)                              # 23
    insert(db, "ZWAMEDIAITEM", Z_PK=900, ZMESSAGE=800, ZMEDIALOCALPATH=f"Media/{ANNA}/z/z/9.jpg")
    insert(db, "ZWAMESSAGEINFO", Z_PK=900, ZMESSAGE=800, ZRECEIPTINFO=reactions)
    insert(db, "ZWAMESSAGEDATAITEM", Z_PK=2, ZMESSAGE=800, ZCONTENT1="https://example.org/lost")
    insert(db, "Z_PRIMARYKEY", Z_ENT=9, Z_NAME="WAMessage", Z_MAX=25)
    return w


def chats(folder):
    for name, pragmas in (("ChatStorage.sqlite", {}),
                          ("utf16.sqlite", {"encoding": "'UTF-16le'"}),
                          ("small-pages.sqlite", {"page_size": 512})):
        db = open_new(folder / name, CHATS, **pragmas)
        fill_chats(db)
        db.commit()
        db.close()


def old(folder):
    db = open_new(folder / "ChatStorage.sqlite", [
        table("ZWACHATSESSION", "ZCONTACTJID", "ZPARTNERNAME"),
        table("ZWAMESSAGE", "#ZISFROMME", "#ZMESSAGETYPE", "#ZCHATSESSION", "@ZMESSAGEDATE", "ZTEXT",
              "ZFROMJID"),
    ])
    insert(db, "ZWACHATSESSION", Z_PK=1, ZCONTACTJID=ANNA, ZPARTNERNAME="Anna")
    insert(db, "ZWAMESSAGE", Z_PK=1, ZISFROMME=0, ZMESSAGETYPE=0, ZCHATSESSION=1,
           ZMESSAGEDATE=START, ZTEXT="old", ZFROMJID=ANNA)
    insert(db, "ZWAMESSAGE", Z_PK=2, ZISFROMME=1, ZMESSAGETYPE=0, ZCHATSESSION=1,
           ZMESSAGEDATE=START + 0.25, ZTEXT="older")
    db.commit()
    db.close()


def odd(folder):
    db = open_new(folder / "ChatStorage.sqlite", CHATS)
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    strange = [None, -1, 0, 1, 2**62, 0.5, -1e300, "", "text", b"\xff\xfe", "\ud7ff" * 300, "@", "1"]
    for name in names:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")][1:]
        db.execute(f"INSERT INTO {name} DEFAULT VALUES")
        for i, value in enumerate(strange):
            row = [strange[(i + j * (1 + i % 3)) % len(strange)] if i % 2 else value
                   for j in range(len(columns))]
            db.execute(f"INSERT INTO {name} ({', '.join(columns)}) VALUES "
                       f"({', '.join('?' * len(columns))})", row)
    db.commit()
    db.close()


def log(folder):
    source = folder / "made"
    db = open_new(source / "ChatStorage.sqlite", CHATS)
    w = fill_chats(db)
    db.commit()
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    w.message("only in the log")
    db.execute("UPDATE ZWAMESSAGE SET ZTEXT = 'changed in the log' WHERE Z_PK = 2")
    db.commit()
    for suffix in ("", "-wal"):
        shutil.copyfile(source / ("ChatStorage.sqlite" + suffix),
                        folder / ("ChatStorage.sqlite" + suffix))
    db.close()
    shutil.rmtree(source)


def deleted(folder):
    db = open_new(folder / "ChatStorage.sqlite", CHATS, secure_delete=0)
    w = fill_chats(db)
    for i in range(200):
        w.message(f"line {i} of a long talk about boats", mine=i % 2)
    db.commit()
    db.execute("DELETE FROM ZWAMESSAGE WHERE Z_PK BETWEEN 100 AND 110")
    db.commit()
    db.close()


def others(folder):
    db = open_new(folder / "ContactsV2.sqlite", [
        table("ZWAADDRESSBOOKCONTACT", "@ZABOUTTIMESTAMP", "ZABOUTTEXT", "ZFULLNAME", "ZGIVENNAME",
              "ZLASTNAME", "ZBUSINESSNAME", "ZPHONENUMBER", "ZWHATSAPPID", "ZLID", "ZUSERNAME",
              "ZNEWCOLUMN")])
    insert(db, "ZWAADDRESSBOOKCONTACT", Z_PK=1, ZFULLNAME="Anna Ålesund", ZPHONENUMBER="+49 170 1111111",
           ZWHATSAPPID=ANNA, ZABOUTTEXT="At sea", ZABOUTTIMESTAMP=START, ZLID="111@lid",
           ZUSERNAME="anna", ZNEWCOLUMN="new")
    insert(db, "ZWAADDRESSBOOKCONTACT", Z_PK=2, ZBUSINESSNAME="Dock Ltd", ZWHATSAPPID=BEN)
    insert(db, "ZWAADDRESSBOOKCONTACT", Z_PK=3)
    db.commit()
    db.close()

    db = open_new(folder / "CallHistory.sqlite", [
        table("ZWACDCALLEVENT", "#Z1CALLEVENTS", "#ZOUTCOME", "@ZDATE", "~ZDURATION",
              "ZCALLIDSTRING", "ZGROUPJIDSTRING", "ZGROUPCALLCREATORUSERJIDSTRING",
              "#ZBYTESRECEIVED"),
        table("ZWACDCALLEVENTPARTICIPANT", "#Z1PARTICIPANTS", "#ZOUTCOME", "ZJIDSTRING"),
        table("ZWAAGGREGATECALLEVENT", "#ZINCOMING", "#ZMISSED", "#ZVIDEO", "@ZFIRSTDATE"),
        table("ZWAJOINABLECALLEVENT", "@ZDATE", "ZFROMJIDSTRING")])
    insert(db, "ZWAAGGREGATECALLEVENT", Z_PK=11, ZINCOMING=1, ZMISSED=0, ZVIDEO=1, ZFIRSTDATE=START)
    insert(db, "ZWAAGGREGATECALLEVENT", Z_PK=12, ZINCOMING=0, ZMISSED=0, ZVIDEO=0, ZFIRSTDATE=START)
    insert(db, "ZWAAGGREGATECALLEVENT", Z_PK=13, ZINCOMING=1, ZMISSED=1, ZVIDEO=0, ZFIRSTDATE=START)
    insert(db, "ZWACDCALLEVENT", Z_PK=1, Z1CALLEVENTS=11, ZOUTCOME=0, ZDATE=START + 0.25,
           ZDURATION=61.5, ZCALLIDSTRING="C1", ZGROUPCALLCREATORUSERJIDSTRING=ANNA, ZBYTESRECEIVED=9)
    insert(db, "ZWACDCALLEVENT", Z_PK=2, Z1CALLEVENTS=12, ZOUTCOME=4, ZDATE=START + 100,
           ZDURATION=0, ZCALLIDSTRING="C2", ZGROUPJIDSTRING=GROUP)
    insert(db, "ZWACDCALLEVENT", Z_PK=3, ZOUTCOME=77, ZDATE=START + 200)
    insert(db, "ZWACDCALLEVENTPARTICIPANT", Z_PK=1, Z1PARTICIPANTS=1, ZJIDSTRING=ANNA)
    insert(db, "ZWACDCALLEVENTPARTICIPANT", Z_PK=2, Z1PARTICIPANTS=2, ZJIDSTRING=ANNA)
    insert(db, "ZWACDCALLEVENTPARTICIPANT", Z_PK=3, Z1PARTICIPANTS=2, ZJIDSTRING=BEN)
    insert(db, "ZWACDCALLEVENTPARTICIPANT", Z_PK=4, Z1PARTICIPANTS=99, ZJIDSTRING=BEN)
    insert(db, "ZWAJOINABLECALLEVENT", Z_PK=1, ZDATE=START + 300, ZFROMJIDSTRING=BEN)
    db.commit()
    db.close()

    db = open_new(folder / "LID.sqlite", [
        table("ZWAPHONENUMBERLIDPAIR", "ZLID", "ZPHONENUMBER", "@ZTIMESTAMP"),
        table("ZWAZACCOUNT", "ZIDENTIFIER", "ZPHONENUMBER")])
    insert(db, "ZWAPHONENUMBERLIDPAIR", Z_PK=1, ZLID=LID, ZPHONENUMBER="491702222222",
           ZTIMESTAMP=START)
    insert(db, "ZWAZACCOUNT", Z_PK=1, ZIDENTIFIER="111@lid", ZPHONENUMBER="491701111111")
    db.commit()
    db.close()


def real(folder):
    beside = pathlib.Path(__file__).resolve().parents[3] / "shared" / "fixtures"
    fixtures = pathlib.Path(os.environ.get("FORENSICS_FIXTURES", beside))
    for archive in sorted((fixtures / "whatsapp" / "db" / "ileapp").glob("*.zip")):
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                (folder / pathlib.Path(name).name).write_bytes(opened.read(name))


def main():
    root = pathlib.Path(sys.argv[1])
    for make in (chats, old, odd, log, deleted, others, real):
        folder = root / make.__name__
        shutil.rmtree(folder, ignore_errors=True)
        if make is not real:
            folder.mkdir(parents=True)
        make(folder)


if __name__ == "__main__":
    main()
