#!/usr/bin/env python3
"""Collects the seeds of the fuzz targets: one folder a target, from what the tests have already.

usage: make_seeds.py FOLDER

Exports come from the conformance suite, test vectors from docs/ledger.md and docs/search.md,
archives from tests/evidence/make_archives.py, records and messages are encoded here, databases are
made here. What a fuzzer found stands in seeds/<target> and is added.
"""
import hashlib
import pathlib
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
LARGEST = 16 << 10  # bytes of one seed: longer ones slow the fuzzer down and show nothing new


class Seeds:
    def __init__(self, folder):
        self.folder = folder

    def add(self, target, data):
        folder = self.folder / target
        folder.mkdir(parents=True, exist_ok=True)
        data = data[:LARGEST]
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def vectors(document):
    """The fenced blocks "```vector NAME" of a document, by name."""
    text = (SOURCE / "docs" / document).read_text(encoding="utf-8")
    found = re.findall(r"^```vector ([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return {name: body for name, body in found}


def exports(seeds):
    """One export of each variant; every eighth one is read in small pieces, too."""
    variants = sorted((SOURCE / "tests/conformance/whatsapp/variants").iterdir())
    for number, variant in enumerate(variants):
        texts = [p for p in sorted(variant.iterdir())
                 if p.suffix == ".txt" and p.name not in ("about.txt", "title.txt")]
        if not texts:
            continue
        export = texts[0].read_bytes()
        seeds.add("fuzz_whatsapp_text", bytes([1 if number % 8 else 8]) + export[:4096])
        seeds.add("fuzz_search", b"Alice\n" + export.splitlines()[0][:200])


def ledger(seeds):
    blocks = vectors("ledger.md")
    for name in ("canonical", "not-canonical", "entries", "records"):
        for line in blocks[name].splitlines():
            seeds.add("fuzz_json", line.encode())
            seeds.add("fuzz_bytes", line.encode())
    note = blocks["checkpoint"].encode()
    seeds.add("fuzz_note", note)
    seeds.add("fuzz_note", note + "— witness.example ".encode() + b"AAAAAAAAAAA=\n")
    seeds.add("fuzz_note", b"000000000003.note")
    seeds.add("fuzz_proof", blocks["proof-file"].encode())
    seeds.add("fuzz_proof", blocks["consistency-file"].encode())
    for how in range(8):
        for kind in range(8):  # one of each kind of tampering, and pairs with a new chain
            step = bytes([kind + 8 * how, 5, 40, 0, 2, 120, 121])
            seeds.add("fuzz_verifier", step)
            seeds.add("fuzz_verifier", step + b"\x00")
            seeds.add("fuzz_verifier", step + bytes([3, 8]) + b"\x00" + bytes([4, 5]))
    # All of it rewritten for a key of one's own: in the genesis, in the chain, in each checkpoint.
    seeds.add("fuzz_verifier", b"\x01\x00\x03\x01\x03\x05\x03\x08")
    for kinds in (b"", b"\x01\x04text", b"\x01\x04text\x01\x05again", b"\x00\x05noise",
                  b"\x01\x04text\x02\x04torn\x10\x00?", b"\x03\x04torn\x09\x01\x05after"):
        seeds.add("fuzz_ledger", b"\x00" + kinds)
        seeds.add("fuzz_ledger", b"\x07\x40\x00?" + kinds)


def searches(seeds):
    text = (SOURCE / "docs/search.md").read_text(encoding="utf-8")
    for written, found_as in re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", text, re.MULTILINE):
        seeds.add("fuzz_search", f"{found_as}\nbefore {written} after".encode())
    for line in ('"two words" boat\ntwo  words on a boat', 'x\n', '""\nq', '"\n"',
                 'ab\nabababab', '\u200b boat\nboat', 'ﷺ\nصلى الله عليه وسلم'):
        seeds.add("fuzz_search", line.encode())


def times(seeds):
    walls = (0, -1, 1710000000000, 1698541200000, 1679792400000, 1325203200000, -62135596800000,
             253402300799999, -2**63, 2**63 - 1)
    texts = ("2024", "2024-03", "2024-03-09", "2024-03-09T16:05", "2024-03-09T16:05:07Z",
             "2024-02-29T23:59:59+14:00", "2024-03-09 16:05-03:30", "9999-12-31T23:59:59-18:00",
             "0001-01-01T00:00+01:00", "Africa/Addis_Ababa", "../../etc/passwd", "UTC", "posixrules")
    for zone in range(8):
        for wall in walls:
            seeds.add("fuzz_time", bytes([zone]) + struct.pack("<q", wall) + b"2024-03-31")
    for text in texts:
        seeds.add("fuzz_time", bytes(9) + text.encode())


def manifests(seeds):
    plugin = (SOURCE / "plugins/whatsapp/plugin.cpp").read_text(encoding="utf-8")
    seeds.add("fuzz_manifest", re.search(r'R"\((\{.*?\})\)"', plugin, re.DOTALL).group(1).encode())
    small = b'{"id":"org.example.a","version":"1","name":"n","licence":"x","formats":["f"]}'
    seeds.add("fuzz_manifest", small)
    seeds.add("fuzz_manifest", small[:-1] + b',"more":{"deep":[[1,-2,true,null,"\\u00e9\\ud83d\\ude00"]]}}')


def archives(seeds):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", SOURCE / "tests/evidence/make_archives.py", folder],
                       check=True, stdout=subprocess.DEVNULL)
        for path in sorted(pathlib.Path(folder).iterdir()):
            if path.is_file() and path.stat().st_size <= LARGEST:
                seeds.add("fuzz_archive", path.read_bytes())


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return varint(value * 2 if value >= 0 else -value * 2 - 1)


def text_of(value):
    return varint(len(value)) + value


VERBATIM, DECODED, DERIVED, RECOGNISED = 1, 2, 3, 4
UTF8, JSON_STRING = 2, 7


def field(key, basis, codec, offset, length, value, behind=b""):
    """docs/plugin-abi.md, "Record encoding"; `offset` counts from the record's extent."""
    return bytes([key, basis | codec << 4]) + zigzag(offset) + varint(length) + value + behind


def wide_field(key, basis, codec, of_input, offset, length, more, value, behind=b""):
    """The same with a second byte; `more` are (input, distance from the end before, length)."""
    further = b"".join(bytes([i]) + zigzag(o) + varint(n) for i, o, n in more)
    return (bytes([key, basis | 8, codec | of_input << 5]) + zigzag(offset) + varint(length) +
            varint(len(more)) + further + value + behind)


def record(kind, ref, offset, length, *fields):
    return (bytes([kind]) + zigzag(ref) + varint(offset) + varint(length) + varint(len(fields)) +
            b"".join(fields))


def text32(value):
    return struct.pack("<I", len(value)) + value


def records(seeds):
    chat = b'12/03/2024, 14:03 - Ada: "caf\\u00e9" for 4 on 4\r\n'
    rule = text_of(b"test.rule")
    time = zigzag(1710252180000) + bytes([2 | 2 << 4]) + zigzag(-12600)
    examples = [
        record(1, 1, 0, 20, field(2, DERIVED, 0, 0, 0, text_of(b"test"), text_of(b"r"))),
        record(2, 1, 20, 3, field(4, VERBATIM, UTF8, 0, 3, text_of(b"Ada")),
               field(3, DERIVED, 0, 0, 0, zigzag(1), text_of(b""))),
        record(3, 1, 0, len(chat),
               field(3, DERIVED, 0, 0, 0, zigzag(1), text_of(b"")),
               field(6, DERIVED, 0, 20, 3, zigzag(1), text_of(b"")),
               field(7, DERIVED, 0, 0, 17, time, rule),
               field(9, DECODED, JSON_STRING, 26, 9, text_of("café".encode()))),
        record(8, 0, 36, 10, field(18, VERBATIM, UTF8, 0, 5, text_of(chat[36:41])),
               field(20, VERBATIM, UTF8, 5, 1, zigzag(4))),
        record(3, 2, 0, 1, field(9, RECOGNISED, 0, 0, 1, text_of(b"seen"), varint(870))),
        record(3, 3, 0, 20, field(3, DERIVED, 0, 0, 0, zigzag(1), text_of(b"")),
               field(10, DERIVED, 0, 0, 0, text_of(b"text"), rule),
               field(7, DECODED, 10, 0, 2, zigzag(0x3132) + bytes([4 | 1 << 4]) + zigzag(0)),
               wide_field(9, DECODED, UTF8, 0, 0, 2, [(0, 1, 2), (0, -3, 0)], text_of(b"1203"))),
        record(3 | 1 << 5, 4, 0, 0, wide_field(7, DECODED, 18, 1, 0, 8, [], time)),
    ]
    spans = bytes([len(chat)]) + chat
    frames = b""
    for example in examples:
        seeds.add("fuzz_record", example)
        spans += struct.pack("<H", len(example)) + example
        frames += struct.pack("<IHH", len(example), 5, 0) + example
    seeds.add("fuzz_span_check", spans)
    seeds.add("fuzz_span_check", spans + spans[1 + len(chat):])
    done = struct.pack("<IHH", 6, 13, 0) + b"\x00" + struct.pack("<I", 0) + b"\x00"
    seeds.add("fuzz_frames", frames + done)
    place = struct.pack("<BQQ", 0, 5, 4)
    child = text32(b"inner.txt") + place + text32(b"method")
    end = b"\x01" + text32(b"why")
    seeds.add("fuzz_frames", b"".join(
        struct.pack("<IHH", len(each), kind, 0) + each
        for kind, each in ((14, child), (10, b"bytes"), (15, end), (14, child))) + done)
    seeds.add("fuzz_frames", frames.replace(b"\x05\x00\x00\x00", b"\x05\x00\x01\x00", 1) + done)


def messages(seeds):
    member = (struct.pack("<Q", 0) + text32(b"a/b.txt") + b"\x00" + text32(b"") + b"\x00" +
              struct.pack("<qI", 1710000000000, 2))
    end = b"\x00\x00" + text32(b"") + text32(b"")
    done = b"\x00" + text32(b"") + b"\x00"
    place = struct.pack("<BQQ", 0, 5, 4)
    limits = struct.pack("<11Q", *range(11))
    payloads = [
        b"\x03" + struct.pack("<IBQ", 0, 0, 100) + text32(b"_chat.txt") + text32(b"{}") + limits +
        struct.pack("<I", 1) + text32(b"IMG.jpg") + struct.pack("<QqI", 10, -1, 2) +
        struct.pack("<IB", 1, 1) + text32(b"a-wal") + struct.pack("<Q", 9) + struct.pack("<I", 1) +
        text32(b"key") + b"\x01",
        struct.pack("<IBIB", 1, 3, 6, 1) + text32(b"confined"),
        struct.pack("<I", 1) + text32(b"{}"),
        struct.pack("<IiB", 0, 90, 0),
        place + text32(b"head") + text32(b"why"),
        b"\x02" + place + text32(b"code") + text32(b"message"),
        member, end, struct.pack("<i", 13), done,
        text32(b"inner.txt") + place + text32(b"method"), b"\x01" + text32(b"why"),
    ]
    for kind, payload in enumerate(payloads):
        seeds.add("fuzz_messages", bytes([kind]) + payload)

    def frame(kind, payload):
        return struct.pack("<IHH", len(payload), kind, 0) + payload
    file = frame(9, member) + frame(10, b"content") + frame(11, end)
    second = frame(9, b"\x01" + member[1:]) + frame(11, b"\x01\x03" + end[2:])
    last = frame(9, b"\xff" * 8 + member[8:]) + frame(11, end)
    for stream in (file, file + second, file + last + file, file + last + second):
        seeds.add("fuzz_unpack", stream + frame(13, done))
        seeds.add("fuzz_unpack", stream)


def bytes_and_codecs(seeds):
    for data in (b"", b"00ff", b"AP8=", b"AP9=", "é😀".encode(), b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
                 b"\xe2\x82", b"\xc0\x80a"):
        seeds.add("fuzz_bytes", data)
    for codec in range(24):
        for source in (b"plain", b"%C3%A9+%2", b"YWJj", b"a\r\nb", b"\\u00e9\\ud83d\\ude00", b"a\0b\0",
                       b"\xc3\xa9\xff"):
            seeds.add("fuzz_codec", bytes([codec, len(source)]) + source + b"value")


def databases(seeds):
    """Small databases with something deleted; the head says what stands beside and where it begins."""
    def make(mode, beside="", journal="delete", auto_vacuum=0, encoding="UTF-8", script=(), keep_open=False):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "case.db"
            db = sqlite3.connect(path, isolation_level=None)
            for setting in ("page_size=512", f"encoding='{encoding}'", f"auto_vacuum={auto_vacuum}",
                            "secure_delete=0", f"journal_mode={journal}"):
                db.execute(f"PRAGMA {setting}")
            db.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b REAL, c)")
            for i in range(1, 14):
                db.execute("INSERT INTO t VALUES(?,?,?,?)", (i * 40, f"word{i} here", i / 3, [None, b"\0\1", 5][i % 3]))
            for statement in script:
                db.execute(statement)
            if not keep_open:
                db.close()
            main = path.read_bytes()
            other = pathlib.Path(f"{path}{beside}").read_bytes() if beside else b""
            share = -(-len(main) * 65536 // (len(main) + len(other))) if other else 0
            seeds.add("fuzz_sqlite", struct.pack(">BH", mode, share) + main + other)
            db.close()

    make(0, script=["DELETE FROM t WHERE id IN (80, 200, 240, 480)"])
    make(0, auto_vacuum=1, encoding="UTF-16le", script=[
        "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID", "INSERT INTO w VALUES('k', zeroblob(900))",
        "DELETE FROM t WHERE id > 200"])
    make(0, script=["CREATE TABLE gone(a, b, c)", "INSERT INTO gone VALUES(1, 'two', 3.5)", "DROP TABLE gone"])
    make(1, "-wal", journal="wal", keep_open=True, script=[
        "PRAGMA wal_checkpoint(FULL)", "UPDATE t SET a='changed' WHERE id=80", "DELETE FROM t WHERE id=120"])
    make(2, "-journal", journal="persist", script=["DELETE FROM t WHERE id < 300"])
    make(2, "-journal", keep_open=True, script=[
        "PRAGMA cache_size=1", "BEGIN", "UPDATE t SET a='unfinished'",
        "INSERT INTO t SELECT id+5000, a||hex(zeroblob(200)), b, c FROM t"])


def android_databases(seeds):
    with tempfile.TemporaryDirectory() as folder:
        script = SOURCE / "tests/whatsapp_android/make_databases.py"
        made = pathlib.Path(folder) / "made"
        subprocess.run([sys.executable, "-B", script, made], check=True)
        for name in ("current-small-pages.db", "legacy.db", "wa.db", "axolotl.db", "bare.db"):
            path = made / name
            db = sqlite3.connect(path, isolation_level=None)
            db.execute("PRAGMA page_size=512")
            db.execute("VACUUM")
            db.close()
            seeds.add("fuzz_whatsapp_android", b"\x00" + path.read_bytes())
        seeds.add("fuzz_whatsapp_android",
                  b"\x00" + (made / "com.whatsapp_preferences_light.xml").read_bytes())


def ios_databases(seeds):
    with tempfile.TemporaryDirectory() as folder:
        script = SOURCE / "tests/whatsapp_ios/make_databases.py"
        subprocess.run([sys.executable, "-B", script, folder], check=True)
        made = pathlib.Path(folder)
        for name in ("chats/small-pages", "old/ChatStorage", "others/ContactsV2", "others/LID"):
            seeds.add("fuzz_whatsapp_ios", b"\x00" + (made / (name + ".sqlite")).read_bytes())


def viber(seeds):
    """Each kind of database, in pages so small that most of it fits into a seed."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", SOURCE / "tests/viber/make_databases.py", folder],
                       check=True)
        for number, name in enumerate(("desktop.db", "desktop_old.db", "viber_messages", "threads.db",
                                       "viber_data", "viber_prefs", "Settings.data", "Contacts.data")):
            path = pathlib.Path(folder) / name
            db = sqlite3.connect(path, isolation_level=None)
            db.execute("PRAGMA page_size=512")
            db.execute("VACUUM")
            db.close()
            seeds.add("fuzz_viber", bytes([4 if name == "Settings.data" else number % 2, 0, 192]) +
                      path.read_bytes())
    history = ("\ufeff05/03/2014,21:07:09,Rosa,+385911234567,Hello, you\r\nsecond line\r\n"
               "25/03/2014,08:00:00,Petrov, Ivan,+79161234567,a, b\n03/25/2014,08:00:00,Me,,x\n")
    for most in (1, 4, 8):
        seeds.add("fuzz_viber_history", bytes([most]) + history.encode())


def facebook(seeds):
    """A file of each form of an export, a saved page, a return; archives of pages; bare markup."""
    thread = (b'{"participants":[{"name":"Ren\\u00c3\\u00a9e"}],"messages":[{"sender_name":"Bo","timestamp_ms":'
              b'1600000120000,"content":"x","reactions":[{"reaction":"\\u00e2\\u009d\\u00a4","actor":"Bo"}],'
              b'"photos":[{"uri":"a/b.jpg","creation_timestamp":1600000059}],"call_duration":5}],'
              b'"title":"Bo","thread_path":"inbox/bo_12"}')
    posts = (b'[{"timestamp":1354805114,"attachments":[{"data":[{"media":{"uri":"p/a.jpg"}},{"place":{"coordinate":'
             b'{"latitude":45.5,"longitude":13.25}}},{"poll":{"question":"q","options":[{"option":"o"}]}}]}],'
             b'"data":[{"post":"Snow"}],"title":"t"}]')
    lists = (b'{"profile_v2":{"name":{"full_name":"A"},"previous_names":[{"name":"B","timestamp":1300000000}]},'
             b'"groups_joined_v2":[{"timestamp":1,"data":[{"name":"G"}]}],"friends_v2":[{"name":"F"}]}')
    page = (b'<html><title>A &amp; B</title><div class="_a6-g"><h2 class="_a6-h _a6-i">Bo</h2><div class="_a6-p">'
            b'x<br/>y<img src="a/b.jpg"><ul><li>\xe2\x9d\xa4Ann</li></ul></div>'
            b'<div class="_a72d">Sep 13, 2020, 12:26 PM</div></div></html>')
    saved = (b'<html id="facebook"><meta content="fb://page/12"><script>{"post_id":"9","message":{"text":"a"},'
             b'"creation_time":1600000000,"actors":[{"id":"1","name":"N"}]}</script>'
             b'<div class="userContentWrapper"><a data-utime="1600000000"></a><div class="userContent">w</div></div>')
    returned = (b'<div class="div_table inner">Thread<div>(5)</div></div><div class="div_table inner">Author'
                b'<div>A</div></div><div class="div_table inner">Sent<div>2020-09-13 12:26:40 UTC</div></div>'
                b'<div class="div_table inner">Body<div>b</div></div>')
    for which, data in ((0, thread), (1, posts), (1, lists), (2, page), (2, saved), (3, returned)):
        seeds.add("fuzz_facebook", bytes([which]) + data)
    for data in (page, saved, returned):
        seeds.add("fuzz_html", data)
    mhtml = (b'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/\r\nContent-Type: multipart/'
             b'related; boundary="b"\r\n\r\n--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3D=\r\nb\r\n'
             b'--b\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b--\r\n')
    warc = (b'WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 66\r\n\r\n'
            b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n0\r\n\r\n\r\n\r\n')
    for data in (mhtml, warc):
        seeds.add("fuzz_web_archive", data)


def telegram(seeds):
    """Messages of every kind, what the writer gets wrong, an account with its sections."""
    message = b'{"id":%d,"type":"%s","date":"2023-08-23T13:11:23","date_unixtime":"1692821483","from":"Ada",'
    chat = (b'{"name":"Quay","type":"private_supergroup","id":77,"messages":[' +
            message % (1, b"message") + b'"from_id":"user5","text":["a",{"type":"bold","text":"b\\x0A\\u2028\x80\xa8"}],'
            b'"reactions":[{"type":"emoji","count":2,"emoji":"x","recent":[{"from":"B","from_id":"user6"}]}]},' +
            message % (2, b"message") + b'"photo":"(File not included)","text":"","text":"b","edited":"1970-01-01T03:00:00"},' +
            message % (3, b"message") + b'"poll":{"question":"q","answers":[{"text":"a","voters":1}]},"location_information":'
            b'{"latitude":1.5,"longitude":2.5},"contact_information":{"first_name":"A","last_name":"B"}},' +
            message % (4, b"service") + b'"action":"invite_members","members":["B",null]}]}')
    account = (b'{"about":"a","personal_information":{"user_id":5,"first_name":"A","phone_number":"+1"},'
               b'"contacts":{"list":[{"user_id":6,"first_name":"B"}]},"sessions":{"list":[{"last_ip":"192.0.2.1"}]},'
               b'"chats":{"about":"c","list":[' + chat + b']}}')
    page = (b'<html><title>Exported Data</title><div class="page_wrap"><div class="page_body chat_page"><div class="history">'
            b'<div class="message service" id="message-1"><div class="body details">9 October 2016</div></div>'
            b'<div class="message default" id="message5"><div class="userpic userpic3"><div class="initials">A</div></div>'
            b'<div class="body"><div class="date details" title="09.10.2016 14:29:34 UTC+02:00">14:29</div>'
            b'<div class="from_name">A via @b</div><div class="reply_to"><a href="#go_to_message3">this</a></div>'
            b'<div class="forwarded body"><div class="from_name">C<span class="details"> 1.2</span></div></div>'
            b'<div class="text">x<br>\x80\xa8 &amp;</div><a class="photo_wrap" href="p.jpg"><img src="q.jpg"></a>'
            b'<a class="media media_venue" href="m?q=1.5,2.5"><div class="title">P</div></a><div class="media_poll">'
            b'<div class="question">q</div><div class="answer">- a<span class="details">2 votes</span></div></div>'
            b'<span class="reactions"><span class="reaction"><span class="emoji">e</span></span></span></div></div>'
            b'<a class="pagination" href="messages2.html">Next</a></div></div></div></html>')
    for which, data in ((0, chat), (0, account), (1, page), (2, page)):
        seeds.add("fuzz_telegram", bytes([which]) + data)
    seeds.add("fuzz_html", page)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", SOURCE / "tests/telegram_android/make_databases.py", folder], check=True)
        for made in sorted(pathlib.Path(folder).iterdir()):
            seeds.add("fuzz_telegram_android", made.read_bytes())


def generic(seeds):
    """Address books, mail, places and tables: one small file of each kind."""
    seeds.add("fuzz_vcard", b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9 =\r\n"
              b" D\r\nitem1.TEL;TYPE=\"a;b\":+385\r\nNOTE:x\\n\xC3\r\n \xA9y\r\nPHOTO;ENCODING=b:" +
              b"A" * 80 + b"\r\n\r\nEND:VCARD\r\nBEGIN:VCARD\r\nN:a;b\r\nADR:;;x;y\r\nEND:VCARD\r\n")
    message = (b"From: \"A, b\" <a@b.c>\r\nTo: g: x@y.z (n), q;\r\nDate: Fri, 17 May 2024 07:30:15 +0200\r\n"
               b"Message-ID: <1>\r\nSubject: =?utf-8?Q?a=C3?=\r\n =?utf-8?Q?=A9?=\r\n"
               b"Content-Type: multipart/mixed; boundary=b\r\n\r\npre\r\n--b\r\nContent-Type: text/html; "
               b"charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>x=F0=\r\ny\r\n--b\r\n"
               b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*0=a; "
               b"filename*1=b.txt\r\n\r\nQUJD\r\n--b--\r\npost\r\n")
    seeds.add("fuzz_mail", message)
    seeds.add("fuzz_mail", b"From a@b Fri May 17 07:30:15 2024\n" + message +
              b"\n\nFrom c@d Fri May 17 07:30:15 2024\n" + message)
    seeds.add("fuzz_location", b"<gpx creator='x'><metadata><name>n</name></metadata><wpt lat='1' lon='2'>"
              b"<name>a&amp;b</name></wpt><trk><name>t</name><trkseg><trkpt lat='1' lon='2'>"
              b"<time>2024-05-17T22:10:05Z</time></trkpt></trkseg></trk></gpx>")
    seeds.add("fuzz_location", b"<kml><Document><name>d</name><Placemark><name><![CDATA[a]]></name><Point>"
              b"<coordinates>1,2,3 4,5</coordinates></Point><gx:Track><when>2024-05-17T22:10:05Z</when>"
              b"<gx:coord>1 2 3</gx:coord></gx:Track></Placemark></Document></kml>")
    model = b'<model type="%s" deleted_state="Deleted">%s</model>'
    party = model % (b"Party", b'<field name="Identifier"><value><![CDATA[1@s]]></value></field>')
    chat = (b'<multiModelField name="Participants">' + party + b'</multiModelField><multiModelField name="Messages">' +
            model % (b"InstantMessage", b'<modelField name="From">' + party + b'</modelField><field name="Body"><value>'
                     b'a&amp;b</value></field>') + b"</multiModelField>")
    seeds.add("fuzz_ufdr", b'<project xmlns="http://pa.cellebrite.com/report/2.0">' + model % (b"Chat", chat) +
              model % (b"Call", b'<field name="Duration"><value>00:01:10</value></field>') + b"</project>")
    for file in sorted((SOURCE / "casefiles/harbour/videos").rglob("*.json")):
        seeds.add("fuzz_youtube", file.read_bytes())
    seeds.add("fuzz_youtube", b'Comment ID,Channel ID,Comment create timestamp,Comment text\nU,C,2023-04-02T10:11:12Z,'
              b'"{""takeoutSegments"":[{""text"":""a""}]}"\n')
    seeds.add("fuzz_youtube", b'<div class="outer-cell"><div class="content-cell">Watched <a href="u&amp;v">a</a><br>'
              b'Jan 15, 2021, 6:54:12 PM BST<br></div></div>')
    seeds.add("fuzz_location", b'{"type":"FeatureCollection","name":"n","features":[{"type":"Feature","id":1,'
              b'"properties":{"name":"a"},"geometry":{"type":"LineString","coordinates":[[1,2,3],[4,5]]}}],"bbox":[1]}')
    seeds.add("fuzz_table", b"a;b\r\n1;\"x\"\"y\"\r\n\r\n\xFC;\"p\nq\"z\r\n1;2;3\r\n")
    seeds.add("fuzz_table", "\ufeffa\tb\n1\t\"x\ty\"\n".encode("utf-16-le"))
    seeds.add("fuzz_table", b"c;d;n\r\nF;03.04.2024 07:05;x\r\n\x1e"
              b'{"record": "message", "delimiter": ";", "encoding": "utf-8", "header-rows": 1, "constants": '
              b'{"platform": "p"}, "columns": {"conversation": "c", "sender": {"column": 1, "as": "phone"}, "sent": '
              b'{"column": "d", "format": "DD.MM.YYYY HH:mm", "zone": "+01:00"}, "text": {"column": 3, "words": '
              b'{"x": "y"}}}}')


def media(seeds):
    """A directory of tags in each file that may hold one, a film, items."""
    tags = (b"II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0abc\0\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0"
            b"\x02\0\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0\x44\0\0\0\0\0\0\0" + b"\x01\0\0\0" * 6)
    packet = (b'<x:xmpmeta><rdf:RDF><rdf:Description xmp:A="b"><dc:c><rdf:li>d</rdf:li></dc:c>'
              b"</rdf:Description></rdf:RDF></x:xmpmeta>")

    def box(kind, content):
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    exif = b"Exif\0\0" + tags
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + packet
    seeds.add("fuzz_media", tags)
    seeds.add("fuzz_media", b"\xff\xd8\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + b"\xff\xe1" +
              (len(xmp) + 2).to_bytes(2, "big") + xmp + b"\xff\xda\0\x02ab\xff\xd9")
    seeds.add("fuzz_media", b"\x89PNG\r\n\x1a\n" + len(tags).to_bytes(4, "big") + b"eXIf" + tags + b"\0" * 4 +
              b"\0\0\0\x05tEXta\0b\xe9c\0\0\0\0")
    seeds.add("fuzz_media", b"RIFF\0\0\0\0WEBPEXIF" + len(tags).to_bytes(4, "little") + tags)
    header = box(b"mvhd", b"\0" * 4 + (3798828605).to_bytes(4, "big") + b"\0" * 92)
    place = box(b"\xa9xyz", b"\0\x11\x15\xc7+45.505-013.250/") + box(b"loci", b"\0" * 7 + b"\0\0\1\0\0" * 4)
    keyed = box(b"meta", box(b"hdlr", b"\0" * 24) + box(b"keys", b"\0" * 7 + b"\1" + box(b"mdta", b"a.creationdate")) +
                box(b"ilst", box(b"\0\0\0\1", box(b"data", b"\0\0\0\1\0\0\0\0002024-05-17T22:10:05+0200"))))
    seeds.add("fuzz_media", box(b"ftyp", b"qt  ") + box(b"moov", header + box(b"udta", place) + keyed))
    items = box(b"meta", b"\0" * 4 + box(b"iinf", b"\0" * 5 + b"\1" + box(b"infe", b"\2\0\0\0\0\7\0\0Exif\0")) +
                box(b"iloc", b"\0" * 4 + b"\x44\0\0\1\0\7\0\0\0\1\0\0\0\x67" + (len(tags) + 4).to_bytes(4, "big")))
    seeds.add("fuzz_media", box(b"ftyp", b"heic\0\0\0\0") + items + b"\0" * 4 + tags)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    seeds = Seeds(folder)
    for source in (exports, ledger, searches, times, manifests, archives, records, messages,
                   bytes_and_codecs, databases, android_databases, ios_databases, viber, facebook,
                   telegram, generic, media):
        source(seeds)
    for found in sorted((HERE / "seeds").rglob("*")):
        if found.is_file():
            seeds.add(found.parent.name, found.read_bytes())


if __name__ == "__main__":
    main()
