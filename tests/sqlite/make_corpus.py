#!/usr/bin/env python3
"""Writes SQLite databases with deleted rows, and the truth about them.

usage: make_corpus.py FOLDER [SEED]

For each case NAME: NAME.db, where there is one NAME.db-wal or NAME.db-journal, and NAME.gone with a
line for each row version that the database had once and has no more:

    TABLE <tab> ROWID or - <tab> there|lost <tab> VALUE <tab> VALUE ...

A value is N, I<decimal>, R<hex of the double>, T<hex of UTF-8> or B<hex>. `there` says that the
encoded record still stands in the files, found by searching their raw bytes for all of it but those
of its first two bytes that the link of a freeblock overwrites. All names and numbers are fictional.
"""
import pathlib
import random
import shutil
import sqlite3
import struct
import sys
import tempfile

WORDS = ("boat border bread bridge bus car cash coast corner dock driver evening family ferry forest "
         "friend gate harbour hotel house island lorry market morning mountain night office paper "
         "passport people phone place price road room school ship shore station street thursday "
         "ticket tomorrow tonight town train valley van village week wind").split()
SCRIPTS = ["القارب غدا", "цена прежняя", "ሰላም", "قیمت همان است", "海边见", "naïve café", "😀 ok"]

WHATSAPP_MESSAGE = """CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT,
 chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL,
 sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, recipient_count INTEGER,
 participant_hash TEXT, origination_flags INTEGER, origin INTEGER, timestamp INTEGER,
 received_timestamp INTEGER, receipt_server_timestamp INTEGER, message_type INTEGER,
 text_data TEXT, starred INTEGER, lookup_tables INTEGER, message_add_on_flags INTEGER,
 sort_id INTEGER NOT NULL DEFAULT 0, view_mode INTEGER)"""


def varint(value):
    value &= (1 << 64) - 1
    if value >> 56:
        out = [value & 0xFF]
        value >>= 8
        for _ in range(8):
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes(reversed(out))
    out = [value & 0x7F]
    value >>= 7
    while value:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(reversed(out))


def integer(value):
    if value in (0, 1):
        return 8 + value, b""
    for serial, size in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (6, 8)):
        if -(1 << 8 * size - 1) <= value < 1 << 8 * size - 1:
            return serial, value.to_bytes(size, "big", signed=True)


def encoded(values, encoding):
    """The record of these values, as SQLite writes it."""
    types, body = b"", b""
    for value in values:
        if value is None:
            serial, raw = 0, b""
        elif isinstance(value, float) and value == int(value) and abs(value) < 1 << 47:
            serial, raw = integer(int(value))
        elif isinstance(value, float):
            serial, raw = 7, struct.pack(">d", value)
        elif isinstance(value, int):
            serial, raw = integer(value)
        elif isinstance(value, str):
            raw = value.encode(encoding)
            serial = 13 + 2 * len(raw)
        else:
            raw = value
            serial = 12 + 2 * len(raw)
        types += varint(serial)
        body += raw
    length = len(types) + 1
    if length > 127:
        length += 1
    return varint(length) + types + body


def shown(value):
    if value is None:
        return "N"
    if isinstance(value, int):
        return f"I{value}"
    if isinstance(value, float):
        return "R" + struct.pack(">d", value).hex()
    return ("T" + value.encode().hex()) if isinstance(value, str) else "B" + value.hex()


class Case:
    """One database under construction, and every version of a row that it loses on the way."""

    def __init__(self, folder, name, seed, page_size=4096, encoding="utf-8", auto_vacuum=0,
                 secure_delete=0, journal="delete"):
        self.name, self.target = name, folder / f"{name}.db"
        self.random = random.Random(f"{seed}/{name}")
        self.work = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.work.name) / "case.db"
        self.encoding, self.page_size = encoding, page_size
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute(f"PRAGMA page_size={page_size}")
        self.db.execute(f"PRAGMA encoding='{ {'utf-8': 'UTF-8', 'utf-16-le': 'UTF-16le', 'utf-16-be': 'UTF-16be'}[encoding] }'")
        self.db.execute(f"PRAGMA auto_vacuum={auto_vacuum}")
        self.db.execute(f"PRAGMA secure_delete={secure_delete}")
        self.db.execute(f"PRAGMA journal_mode={journal}")
        self.db.execute("PRAGMA wal_autocheckpoint=0")
        self.db.execute("PRAGMA synchronous=0")
        self.gone, self.tables, self.wal = [], {}, journal == "wal"

    def create(self, name, sql, rowid="rowid", alias=None):
        """`rowid` is None for a table WITHOUT ROWID; `alias` the index of the row id's other name."""
        self.db.execute(sql)
        self.tables[name] = (rowid, alias)

    def insert(self, table, rows):
        self.db.execute("BEGIN")
        for row in rows:
            self.db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        self.db.execute("COMMIT")

    def rows(self, table, where="1", arguments=()):
        rowid = self.tables[table][0]
        return [(row[0] if rowid else None, row[1:]) for row in self.db.execute(
            f"SELECT {rowid or 'NULL'}, * FROM {table} WHERE {where}", arguments)]

    def lose(self, table, where="1", arguments=()):
        self.gone += [(table, rowid, values) for rowid, values in self.rows(table, where, arguments)]

    def delete(self, table, where="1", arguments=()):
        self.lose(table, where, arguments)
        self.db.execute(f"DELETE FROM {table} WHERE {where}", arguments)

    def delete_some(self, table, key, share):
        keys = [row[0] for row in self.db.execute(f"SELECT {key} FROM {table}")]
        for one in self.random.sample(keys, int(len(keys) * share)):
            self.delete(table, f"{key}=?", (one,))

    def update(self, table, change, values, where, arguments):
        self.lose(table, where, arguments)
        self.db.execute(f"UPDATE {table} SET {change} WHERE {where}", (*values, *arguments))

    def drop(self, table):
        self.lose(table)
        self.db.execute(f"DROP TABLE {table}")

    def keep(self):
        """Copies the files as they are now, while the database is open."""
        for ending in ("", "-wal", "-journal"):
            source = pathlib.Path(f"{self.path}{ending}")
            if source.exists() and source.stat().st_size:
                shutil.copy(source, f"{self.target}{ending}")

    def finish(self, keep_open=False):
        live = {}
        for table in self.tables:
            try:
                live[table] = set(self.rows(table))
            except sqlite3.OperationalError:
                live[table] = set()  # dropped
        if keep_open:
            self.keep()
            self.db.close()
        else:
            self.db.close()
            self.keep()
        self.write_truth(live)
        self.work.cleanup()

    def write_truth(self, live):
        raw = b"\0".join(path.read_bytes() for path in sorted(
            self.target.parent.glob(f"{self.target.name}*")))
        lines, seen = [], set()
        for table, rowid, values in self.gone:
            if (rowid, values) in live[table] or (table, rowid, values) in seen:
                continue
            seen.add((table, rowid, values))
            there = self.is_there(raw, table, rowid, values)
            lines.append("\t".join([table, "-" if rowid is None else str(rowid),
                                    "there" if there else "lost", *map(shown, values)]))
        (self.target.parent / f"{self.name}.gone").write_text("\n".join(lines) + "\n" if lines else "")

    def is_there(self, raw, table, rowid, values):
        _, alias = self.tables[table]
        stored = [None if i == alias else value for i, value in enumerate(values)]
        payload = encoded(stored, self.encoding)
        before = len(varint(len(payload))) + (0 if rowid is None else len(varint(rowid)))
        usable = self.page_size
        most = usable - 35 if rowid is not None else (usable - 12) * 64 // 255 - 23
        local = len(payload)
        if local > most:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (len(payload) - least) % (usable - 4)
            if local > most:
                local = least
        parts = [payload[max(0, 4 - before):local]]
        parts += [payload[at:at + usable - 4] for at in range(local, len(payload), usable - 4)]
        return all(part in raw for part in parts)


class Rows:
    """Rows of the tables that most cases use."""

    def __init__(self, source):
        self.random = source

    def text(self, low=3, high=14):
        words = [self.random.choice(WORDS) for _ in range(self.random.randint(low, high))]
        if self.random.random() < 0.2:
            words.append(self.random.choice(SCRIPTS))
        return " ".join(words)

    def name(self):
        return f"{self.random.choice(WORDS)}.{self.random.randint(1000, 9999)}"

    def message(self, number):
        r = self.random
        return (number, f"+4477009{r.randint(0, 99999):05d}", 1_700_000_000_000 + number * 61_000 + r.randint(0, 60_000),
                self.text(), r.choice([None, 0.0, 12.5, round(r.uniform(-90, 90), 6)]))

    def small(self, number):
        return (number, self.name())

    def whatsapp(self, number):
        r = self.random
        when = 1_700_000_000_000 + number * 47_000 + r.randint(0, 40_000)
        mine = r.randint(0, 1)
        key = "".join(r.choice("0123456789ABCDEF") for _ in range(32))
        return (number, r.randint(1, 40), mine, key, 0 if mine else r.randint(1, 90),
                13 if mine else 0, 0, r.choice([0, 0, 3]), None, r.choice([0, 0, 1]), 0, when,
                when + r.randint(100, 3000) if not mine else 0, -1 if not mine else when + 500,
                r.choice([0, 0, 0, 0, 1, 2, 5, 7]), self.text() if r.random() < 0.9 else None,
                0, r.choice([0, 0, 8]), 0, number, r.choice([None, 0]))


MESSAGES = ("CREATE TABLE messages(id INTEGER PRIMARY KEY, sender TEXT, sent INTEGER, "
            "body TEXT NOT NULL, score REAL)")


def messages(case, count, share, first=1):
    rows = Rows(case.random)
    case.create("messages", MESSAGES, alias=0)
    case.insert("messages", [rows.message(n) for n in range(first, first + count)])
    case.delete_some("messages", "id", share)
    return rows


def churn(c):
    """Three tables that grow, change and shrink in turns, so that pages change hands."""
    rows = Rows(c.random)
    c.create("messages", MESSAGES, alias=0)
    c.db.execute("CREATE INDEX messages_sender ON messages(sender)")
    c.create("contacts", "CREATE TABLE contacts(phone TEXT PRIMARY KEY, name TEXT, seen INTEGER)")
    c.create("media", "CREATE TABLE media(id INTEGER PRIMARY KEY, path TEXT, hash BLOB, size INTEGER, thumb BLOB)", alias=0)
    number = 1
    for step in range(30):
        many = c.random.randint(20, 80)
        c.insert("messages", [rows.message(number + n) for n in range(many)])
        c.insert("contacts", [(f"+4477009{number + n:05d}", rows.name(), 1_700_000_000 + number + n) for n in range(many // 4)])
        c.insert("media", [(number + n, f"Media/{rows.name()}.jpg", c.random.randbytes(32), c.random.randint(9000, 9_000_000),
                            c.random.randbytes(c.random.choice([0, 300, 6000]))) for n in range(many // 5)])
        number += many
        c.delete("messages", f"id % {c.random.randint(3, 9)} = 0 AND id > {number - 200}")
        c.delete("media", f"id % {c.random.randint(2, 5)} = 0")
        c.delete("contacts", f"seen % {c.random.randint(4, 9)} = 1")
        if step % 5 == 0:
            c.update("messages", "body=?", (rows.text(),), "id=?", (c.random.randint(1, number),))
        if step % 7 == 6:
            c.delete("messages", "id BETWEEN ? AND ?", (number // 3, number // 2))
        if step % 11 == 10 and c.wal:
            c.db.execute("PRAGMA wal_checkpoint(RESTART)")


def cases(folder, seed):
    def case(name, **options):
        return Case(folder, name, seed, **options)

    c = case("scattered"); messages(c, 600, 0.2); yield c.finish()
    c = case("large-rowids"); messages(c, 400, 0.2, first=3_000_000); yield c.finish()
    c = case("most"); messages(c, 800, 0.9); yield c.finish()

    c = case("range"); messages(c, 900, 0)
    c.delete("messages", "id BETWEEN 200 AND 700"); yield c.finish()

    c = case("all"); messages(c, 500, 0); c.delete("messages"); yield c.finish()

    c = case("updated"); rows = messages(c, 500, 0.05)
    for number in c.random.sample(range(1, 501), 80):
        c.update("messages", "body=?", (rows.text(1, 4),), "id=?", (number,))
    yield c.finish()

    c = case("reused"); rows = messages(c, 500, 0.3)
    c.insert("messages", [rows.message(n) for n in range(1000, 1060)]); yield c.finish()

    c = case("dropped"); rows = messages(c, 200, 0)
    c.create("notes", "CREATE TABLE notes(number INTEGER PRIMARY KEY, title TEXT, made INTEGER)", alias=0)
    c.insert("notes", [(n, rows.text(2, 6), 1_690_000_000 + n * 977) for n in range(1, 400)])
    c.drop("notes"); yield c.finish()

    c = case("vacuumed"); messages(c, 500, 0.4); c.db.execute("VACUUM"); yield c.finish()

    c = case("overflow"); c.create("letters", "CREATE TABLE letters(id INTEGER PRIMARY KEY, subject TEXT, body TEXT, scan BLOB)", alias=0)
    rows = Rows(c.random)
    c.insert("letters", [(n, rows.text(2, 4), rows.text(5, 1500), c.random.randbytes(c.random.choice([0, 40, 3000])))
                         for n in range(1, 150)])
    c.delete_some("letters", "id", 0.3); yield c.finish()

    c = case("without-rowid")
    c.create("people", "CREATE TABLE people(phone TEXT, country INTEGER, name TEXT, seen INTEGER, PRIMARY KEY(phone, country)) WITHOUT ROWID", rowid=None)
    rows = Rows(c.random)
    c.insert("people", [(f"+4477009{n:05d}", c.random.randint(2, 90), rows.name(), 1_700_000_000 + n * 31)
                        for n in range(600)])
    c.delete_some("people", "phone", 0.2); yield c.finish()

    c = case("secure-delete", secure_delete=1); messages(c, 500, 0.4); yield c.finish()

    c = case("wal", journal="wal"); rows = messages(c, 300, 0.1)
    for number in range(20, 60):
        c.update("messages", "body=?", (rows.text(),), "id=?", (number,))
    yield c.finish(keep_open=True)

    c = case("wal-checkpoints", journal="wal"); rows = messages(c, 300, 0.1)
    for round_ in range(4):
        c.insert("messages", [rows.message(1000 + round_ * 30 + n) for n in range(30)])
        c.delete_some("messages", "id", 0.1)
        if round_ < 3:
            c.db.execute("PRAGMA wal_checkpoint(FULL)")
    yield c.finish(keep_open=True)

    c = case("utf16le", encoding="utf-16-le"); messages(c, 400, 0.2); yield c.finish()
    c = case("utf16be", encoding="utf-16-be"); messages(c, 400, 0.2); yield c.finish()

    c = case("auto-vacuum", auto_vacuum=1); messages(c, 600, 0.2)
    c.delete("messages", "id > 400"); yield c.finish()
    c = case("incremental-vacuum", auto_vacuum=2); messages(c, 600, 0.2)
    c.delete("messages", "id BETWEEN 100 AND 400"); c.db.execute("PRAGMA incremental_vacuum(5)"); yield c.finish()

    for size in (512, 1024, 2048, 8192, 16384, 32768, 65536):
        c = case(f"page-{size}", page_size=size); messages(c, 400, 0.25); yield c.finish()

    c = case("whatsapp"); rows = Rows(c.random)
    c.create("message", WHATSAPP_MESSAGE, alias=0)
    c.db.execute("CREATE INDEX message_chat ON message(chat_row_id, sort_id)")
    c.db.execute("CREATE UNIQUE INDEX message_key ON message(chat_row_id, from_me, key_id, sender_jid_row_id)")
    c.insert("message", [rows.whatsapp(n) for n in range(1, 1500)])
    c.delete_some("message", "_id", 0.1)
    c.delete("message", "_id BETWEEN 600 AND 800")
    for number in c.random.sample(range(1, 1500), 60):
        c.update("message", "text_data=NULL, message_type=?", (15,), "_id=?", (number,))
    yield c.finish()

    c = case("whatsapp-wal", journal="wal"); rows = Rows(c.random)
    c.create("message", WHATSAPP_MESSAGE, alias=0)
    c.insert("message", [rows.whatsapp(n) for n in range(1, 500)])
    c.db.execute("PRAGMA wal_checkpoint(FULL)")
    c.delete_some("message", "_id", 0.1)
    c.insert("message", [rows.whatsapp(n) for n in range(500, 540)])
    yield c.finish(keep_open=True)

    c = case("persist-journal", journal="persist"); messages(c, 400, 0.2)
    c.delete("messages", "id > 300"); yield c.finish()

    c = case("hot-journal"); rows = messages(c, 900, 0.05)
    c.db.execute("PRAGMA synchronous=1"); c.db.execute("PRAGMA cache_size=2"); c.db.execute("BEGIN")
    c.db.execute("DELETE FROM messages WHERE id < 500")
    c.db.execute("UPDATE messages SET body='overwritten in a transaction that never ended' WHERE id > 700")
    c.keep(); c.db.execute("ROLLBACK"); live = {"messages": set(c.rows("messages"))}
    c.db.close(); c.write_truth(live); c.work.cleanup(); yield None

    c = case("added-columns"); c.create("log", "CREATE TABLE log(id INTEGER PRIMARY KEY, what TEXT)", alias=0)
    rows = Rows(c.random)
    c.insert("log", [(n, rows.text()) for n in range(1, 200)])
    c.db.execute("ALTER TABLE log ADD COLUMN state INTEGER NOT NULL DEFAULT 7")
    c.db.execute("ALTER TABLE log ADD COLUMN note TEXT DEFAULT 'none''s'")
    c.db.execute("ALTER TABLE log ADD COLUMN price REAL DEFAULT 3")
    c.insert("log", [(n, rows.text(), n * 3, rows.name(), n / 4) for n in range(200, 400)])
    c.delete("log", "id IN (5, 9, 220)"); yield c.finish()

    c = case("odd-schema")
    c.db.execute("CREATE TABLE \"two words\" ( -- a comment, with a comma\n `back``tick` INTEGER, [in brackets] TEXT DEFAULT (lower('X')),"
                 " 'single' VARCHAR(10,2) /* ) */ CHECK (length('a,b') > 0), g AS (`back``tick` * 2), s TEXT AS ('v' || `back``tick`) STORED,"
                 " plain, d DECIMAL(5), CONSTRAINT k CHECK (1), PRIMARY KEY ([in brackets]))")
    c.db.execute("CREATE TABLE descending(k INTEGER PRIMARY KEY DESC, v)")
    c.db.execute("CREATE TABLE swapped(a, b INTEGER, c TEXT, PRIMARY KEY(c, a, c)) WITHOUT ROWID")
    c.db.execute("CREATE VIEW seen AS SELECT 1"); c.db.execute("CREATE TABLE copied AS SELECT 1 AS one, 'x' AS two")
    for n in range(40):
        c.db.execute("INSERT INTO \"two words\"(`back``tick`, [in brackets], 'single', plain, d) VALUES (?,?,?,?,?)",
                     (n, f"t{n}", f"'{n}'", [None, n, n / 3, f"p{n}", b"\0\1"][n % 5], f"{n}.50"))
        c.db.execute("INSERT INTO descending VALUES (?, ?)", (n, -n * 10 ** (n % 18)))
        c.db.execute("INSERT INTO swapped VALUES (?, ?, ?)", (n, n * n, f"c{n % 7}"))
    yield c.finish()

    c = case("twins"); rows = Rows(c.random)
    for table in ("inbox", "outbox"):
        c.create(table, f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, who TEXT, what TEXT, sent INTEGER)", alias=0)
        c.insert(table, [(n, rows.name(), rows.text(), 1_700_000_000 + n) for n in range(1, 300)])
        c.delete_some(table, "id", 0.2)
    yield c.finish()

    c = case("two-columns"); rows = Rows(c.random)
    c.create("names", "CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT)", alias=0)
    c.insert("names", [rows.small(n) for n in range(1, 800)])
    c.delete_some("names", "id", 0.2); yield c.finish()

    c = case("no-alias"); rows = Rows(c.random)
    c.create("events", "CREATE TABLE events(kind INTEGER, name TEXT, sent INTEGER)")
    c.insert("events", [(c.random.randint(0, 300), rows.name(), 1_700_000_000 + n * 17) for n in range(600)])
    c.delete_some("events", "rowid", 0.2); yield c.finish()

    for name, options in (("churn", {}), ("churn-wal", {"journal": "wal"}), ("churn-auto-vacuum", {"auto_vacuum": 1})):
        c = case(name, **options); churn(c); yield c.finish(keep_open=name == "churn-wal")

    c = case("few"); messages(c, 40, 0.3); yield c.finish()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for _ in cases(folder, sys.argv[2] if len(sys.argv) == 3 else "1"):
        pass


if __name__ == "__main__":
    main()
