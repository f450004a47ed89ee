"""A case folder that somebody prepared to harm whoever opens it, or to have a false word signed.

Whatever stands in it, no command deletes or writes a file outside of it, none waits for ever, no
terminal is steered, and no report is made of a database that the ledger does not bear out.
"""
import hashlib
import io
import json
import os
import pathlib
import shutil
import sqlite3
import struct
import unittest
import zipfile

from command import HARBOUR, CaseTest, run

READING = [("status",), ("artifacts",), ("conversations",), ("messages",), ("timeline",), ("people",),
           ("search", "passport"), ("show", "C0001-M000001"), ("verify",), ("fsck",)]
WRITING = [("ingest",), ("assert", "--exhibit", "PHONE-A", "--zone", "Asia/Tokyo", "--reason", "said")]


class HandedOver(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()
        self.assertIn(run("ingest", self.case, HARBOUR / "phone-a", "--exhibit", "PHONE-A").code, (0, 1))
        self.database = self.case / "case.db"
        self.outside = self.folder / "outside"
        self.outside.mkdir()
        (self.outside / "thesis.txt").write_text("ten years of work")

    def each(self, check, commands=tuple(READING + WRITING)):
        for name, *words in commands:
            with self.subTest(name):
                check(run(name, self.case, *words))
                self.assertEqual((self.outside / "thesis.txt").read_text(), "ten years of work")

    def refused(self, ran):
        self.assertIn(ran.code, (3, 4), ran.err)

    def entries(self):
        return (self.case / "ledger/entries.jsonl").read_bytes()

    def forge(self, change, count=1):
        """Puts an entry behind the ledger that is chained right and that nobody signed."""
        lines = self.entries().splitlines()
        for _ in range(count):
            entry = json.loads(lines[-1])
            entry.update(seq=len(lines), prev=hashlib.sha256(b"\0" + lines[-1]).hexdigest())
            change(entry, [json.loads(line) for line in lines])
            lines.append(json.dumps(entry, sort_keys=True, separators=(",", ":"),
                                    ensure_ascii=False).encode())
        (self.case / "ledger/entries.jsonl").write_bytes(b"\n".join(lines) + b"\n")

    def test_a_journal_that_names_a_file_to_be_deleted(self):
        name = str(self.outside / "thesis.txt").encode()
        magic = bytes.fromhex("d9d505f920a163d7")
        head = magic + struct.pack(">IIIII", 0, 0x1234, self.database.stat().st_size // 8192, 512, 8192)
        checksum = sum(b if b < 128 else b - 256 for b in name) & 0xFFFFFFFF
        journal = (head.ljust(512, b"\0") + struct.pack(">I", 0x40000000 // 8192 + 1) + name +
                   struct.pack(">II", len(name), checksum) + magic)
        (self.case / "case.db-journal").write_bytes(journal)
        self.each(self.refused)
        self.assertEqual((self.case / "case.db-journal").read_bytes(), journal)

    def test_links_in_the_place_of_folders(self):
        for folder in ("objects/tmp", "ledger", "objects/" + next((self.case / "objects").glob("??")).name):
            with self.subTest(folder):
                kept = self.folder / "kept"
                shutil.move(self.case / folder, kept)
                if folder != "objects/tmp":
                    shutil.copytree(kept, self.outside / "copy")
                (self.case / folder).symlink_to(self.outside if folder == "objects/tmp" else self.outside / "copy")
                before = {p: p.read_bytes() for p in self.outside.rglob("*") if p.is_file()}
                for name, *words in WRITING:
                    self.assertNotEqual(run(name, self.case, *words).code, 0)
                run("report", self.case, "-o", self.folder / "report")
                self.assertEqual({p: p.read_bytes() for p in self.outside.rglob("*") if p.is_file()}, before)
                (self.case / folder).unlink()
                shutil.move(kept, self.case / folder)
                shutil.rmtree(self.outside / "copy", ignore_errors=True)

    def test_a_view_in_the_place_of_a_table(self):
        with sqlite3.connect(self.database) as db:
            db.execute("ALTER TABLE artifact RENAME TO hidden")
            db.execute("CREATE VIEW artifact AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n)"
                       " SELECT * FROM hidden, n")
        db.close()
        self.each(self.refused, READING)

    def test_pipes_in_the_place_of_files(self):
        for name in ("case.db", "case.db-journal", "lock"):
            with self.subTest(name):
                path, kept = self.case / name, self.folder / "kept"
                if path.exists():
                    shutil.move(path, kept)
                os.mkfifo(path)
                self.each(lambda ran: None)
                path.unlink()
                if kept.exists():
                    shutil.move(kept, path)

    def test_another_case_number_and_another_examiner(self):
        facts = json.loads((self.case / "case.json").read_text())
        for name, value in (("number", "FAKE-9"), ("examiner", "M. Mallory"), ("created", "2019-01-01T00:00:00.000Z")):
            with self.subTest(name):
                (self.case / "case.json").write_text(json.dumps(
                    {**facts, name: value}, sort_keys=True, separators=(",", ":")) + "\n")
                self.expect(4, "status", self.case)
                verdict = self.json("verify", self.case, code=4)[0]
                self.assertIn("CASE", [each["code"] for each in verdict["findings"]])
                self.expect(4, "report", self.case, "-o", self.folder / "report")

    def test_no_report_of_a_database_that_says_something_else(self):
        with sqlite3.connect(self.database) as db:
            db.execute("UPDATE message SET text = 'I brought the passports myself' WHERE id = 4")
        db.close()
        ran = self.expect(4, "report", self.case, "-o", self.folder / "report")
        self.assertIn("no report was written", ran.err)
        self.assertFalse((self.folder / "report").exists())
        self.expect(0, "report", self.case, "-o", self.folder / "report", "--no-check")
        self.assertIn("Not verified", (self.folder / "report/index.html").read_text())

    def test_no_report_of_a_database_that_is_behind(self):
        other = self.folder / "other"
        self.init(other)
        shutil.copy(other / "case.db", self.database)
        ran = self.expect(4, "report", self.case, "-o", self.folder / "report")
        self.assertIn("behind the ledger", ran.err)

    def test_an_entry_that_cannot_be_applied_is_moved_aside_and_not_signed(self):
        def again(entry, entries):
            acquired = next(each for each in entries if each["type"] == "acquire")
            entry.update(type="acquire", body=acquired["body"])
        self.forge(again)
        self.assertIn(run("ingest", self.case).code, (0, 1))
        kinds = [each["body"].get("kind") for each in map(json.loads, self.entries().splitlines())
                 if each["type"] == "recovery"]
        self.assertEqual(kinds, ["tail_moved"])
        self.assertIn(run("verify", self.case).code, (0, 1))

    def test_a_run_that_is_stated_twice_is_moved_aside(self):
        messages = len(self.json("messages", self.case))

        def again(entry, entries):
            run_before = next(each for each in entries if each["type"] == "derive" and "records" in each["body"])
            entry.update(type="derive", body=run_before["body"])
        self.forge(again)
        self.assertIn(run("ingest", self.case).code, (0, 1))
        self.assertEqual(len(self.json("messages", self.case)), messages)

    def test_escapes_do_not_reach_the_terminal(self):
        with sqlite3.connect(self.database) as db:
            db.execute("UPDATE conversation SET platform = char(27) || ']0;owned' || char(7)")
            db.execute("UPDATE run SET ending = char(27) || '[2J', level = char(27) || '[1m'")
        db.close()
        artifact = self.json("artifacts", self.case)[0]["id"]
        self.each(lambda ran: self.assertNotRegex(ran.out + ran.err, "[\x07\x1b]"),
                  [*READING, ("show", artifact)])

    def test_a_mistaken_command_leaves_no_trace(self):
        before = self.entries()
        self.assertEqual(run("assert", self.case, "--exhibit", "NOPE", "--zone", "Asia/Tokyo",
                             "--reason", "said").code, 2)
        self.assertEqual(self.entries(), before)

    def test_names_longer_than_an_entry_of_the_ledger(self):
        inner = b"hi"
        for depth in range(5):
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as archive:
                archive.writestr("\x01" * 60_000 + f"{depth}.zip", inner)
            inner = made.getvalue()
        evidence = self.folder / "evidence"
        evidence.mkdir()
        (evidence / "a.zip").write_bytes(inner)
        shutil.copy(next((HARBOUR / "phone-b").rglob("*.txt")), evidence)
        before = len(self.json("messages", self.case))
        self.assertIn(run("ingest", self.case, evidence, "--exhibit", "LONG").code, (0, 1))
        self.assertGreater(len(self.json("messages", self.case)), before)
        self.assertIn(run("verify", self.case).code, (0, 1))


if __name__ == "__main__":
    unittest.main()
