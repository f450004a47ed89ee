"""Changes a case database as an adversary would; `forensics verify` must name what was changed."""
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest

from command import HARBOUR, SOURCE, CaseTest, run

# name, the SQL, the code of the finding, the place that it must name
TAMPERINGS = (
    ("text", "UPDATE message SET text = 'x' WHERE id = 3", "RECORDS", "ledger entry"),
    ("message removed", "DELETE FROM message WHERE id = 3", "RECORDS", "ledger entry"),
    ("record removed", "DELETE FROM record WHERE kind = 2 AND run = (SELECT min(run) FROM message)", "RECORDS", "ledger entry"),
    ("sender", "UPDATE message SET sender = (SELECT id FROM participant WHERE conversation ="
     " message.conversation AND id <> message.sender LIMIT 1) WHERE id = 5", "INDEX", "message: 5"),
    ("wall", "UPDATE message SET wall = wall + 3600000 WHERE id = 3", "INDEX", "message: 3"),
    ("event", "UPDATE event SET at = at + 60000 WHERE message = 3", "INDEX", "event: 3"),
    ("type", "UPDATE message SET type = 9 WHERE id = 5", "INDEX", "message: 5"),
    ("flags", "UPDATE message SET flags = 2 WHERE id = 3", "INDEX", "message: 3"),
    ("conversation", "UPDATE message SET conversation = 2, number = 9000 WHERE id = 3",
     "INDEX", "message: 3"),
    ("extent", "UPDATE message SET start = start + 1 WHERE id = 3", "INDEX", "message: 3"),
    ("length", "UPDATE message SET length = length - 1 WHERE id = 3", "INDEX", "message: 3"),
    ("participant", "UPDATE participant SET name = 'Somebody' WHERE id = 1",
     "INDEX", "participant: 1"),
    ("title", "UPDATE conversation SET title = 'Other' WHERE id = 1", "INDEX", "conversation: 1"),
    ("attachment", "UPDATE attachment SET artifact = 1, state = 'present' WHERE id = 1",
     "INDEX", "attachment: 1"),
    ("exhibit zone", "UPDATE exhibit SET zone = 'Asia/Tokyo' WHERE id = 1", "INDEX", "exhibit: 1"),
    ("custodian", "UPDATE exhibit SET custodian = 'B.' WHERE id = 1", "INDEX", "exhibit: 1"),
    ("path", "UPDATE artifact SET path = x'78' WHERE id = 1", "INDEX", "artifact: 1"),
    ("status", "UPDATE artifact SET status = 6 WHERE id = 1", "INDEX", "artifact: 1"),
    ("digest", "UPDATE artifact SET sha256 = zeroblob(32) WHERE id = 1", "INDEX", "artifact: 1"),
    ("artifact removed", "DELETE FROM artifact WHERE id = (SELECT max(id) FROM artifact)",
     "INDEX", "table artifact"),
    ("invented message", "INSERT INTO message SELECT 900000, conversation, 900000, run, position,"
     " sender, type, flags, wall, wall_other, zone_offset, precision, basis, start, length, text,"
     " data, input, mark FROM message WHERE id = 3", "INDEX", "message: 900000"),
    ("invented run", "INSERT INTO run SELECT 900000, artifact, plugin, version, plugin_sha256,"
     " options, level, ending, detail, records, rejected, root, stream, NULL, 0, seq FROM run WHERE"
     " id = 1; INSERT INTO conversation (id, run, ref, platform) VALUES (900000, 900000, 1, 'x')",
     "INDEX", "run: 900000"),
    ("probe", "UPDATE probe SET score = 1", "INDEX", "table probe"),
    ("gap", "INSERT INTO gap VALUES (1, 0, 0, 7)", "INDEX", "gap: 1/0"),
    ("skip", "DELETE FROM skip", "INDEX", "run "),
    ("invented note", "INSERT INTO note (run, severity, start, length, code, message) VALUES"
     " (900000, 3, 0, 0, 'a', 'b')", "INDEX", "table note"),
    ("timeline emptied", "DELETE FROM event", "INDEX", "table event"),
    ("search emptied", "INSERT INTO search (search) VALUES ('delete-all')", "INDEX",
     "table search"),
    ("search of one", "INSERT INTO search (rowid, text) VALUES (3, 'quux')", "INDEX", "search: 3"),
    ("view", "CREATE VIEW more AS SELECT 1", "DATABASE", "case.db"),
    ("applied", "UPDATE meta SET value = 1", "INDEX", "table artifact"),
    ("applied too many", "UPDATE meta SET value = 900000", "DATABASE", "case.db"),
)


def files_of(case):
    return sorted(str(path.relative_to(case)) for path in case.rglob("*"))


class Tamper(CaseTest):
    def prepare(self):
        self.init()
        evidence = self.folder / "evidence"
        shutil.copytree(HARBOUR / "phone-a", evidence / "a")
        shutil.copytree(HARBOUR / "phone-b", evidence / "b")
        (evidence / "cut").mkdir()
        # A copy that ends within a message leaves bytes that are skipped or unexplained.
        chat = next(path for path in sorted(evidence.rglob("*.txt")) if path.stat().st_size > 2000)
        (evidence / "cut" / chat.name).write_bytes(b"no chat line\n\n" + chat.read_bytes()[:1500])
        self.assertIn(run("ingest", self.case, evidence).code, (0, 1))

    def verdict(self, case, *options):
        ran = run("verify", case, "--json", *options)
        self.assertTrue(ran.out, ran.err)
        return ran.code, ran.lines()[0]

    def changed(self, sql):
        case = self.folder / "changed"
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(self.case, case)
        database = sqlite3.connect(case / "case.db", isolation_level=None)
        before = database.total_changes
        database.executescript(sql)
        self.assertTrue(database.total_changes > before or sql.startswith("CREATE"),
                        f"nothing was changed by: {sql}")
        database.close()
        return case

    def test_every_change_is_found(self):
        self.prepare()
        for name, sql, code, where in TAMPERINGS:
            with self.subTest(name):
                exit_code, verdict = self.verdict(self.changed(sql))
                found = [(finding["code"], finding["where"]) for finding in verdict["findings"]]
                self.assertEqual(exit_code, 4, found)
                self.assertTrue(any(code == each and where in place for each, place in found),
                                f"{code} at {where} is not among {found}")

    def test_clean_case_passes_and_nothing_is_written(self):
        self.prepare()
        before = files_of(self.case)
        for options in ((), ("--deep",)):
            exit_code, verdict = self.verdict(self.case, *options)
            self.assertEqual((exit_code, verdict["findings"]), (0, []))
            self.assertEqual(files_of(self.case), before)

    def test_asserted_zone_is_followed(self):
        self.prepare()
        self.expect(0, "assert", self.case, "--exhibit", "EX001", "--zone", "Europe/Athens",
                    "--reason", "from the custody form")
        exit_code, verdict = self.verdict(self.case)
        self.assertEqual((exit_code, verdict["findings"]), (0, []))

    def test_database_that_is_away_or_no_database(self):
        self.prepare()
        os.remove(self.case / "case.db")
        exit_code, verdict = self.verdict(self.case)
        self.assertEqual(exit_code, 1)
        self.assertEqual([finding["code"] for finding in verdict["findings"]], ["BEHIND"])
        (self.case / "case.db").write_bytes(b"no database at all" * 1000)
        exit_code, verdict = self.verdict(self.case)
        self.assertEqual(exit_code, 4)
        self.assertEqual([finding["code"] for finding in verdict["findings"]], ["DATABASE"])

    def test_log_beside_the_database_is_read_and_left_alone(self):
        self.prepare()
        live = sqlite3.connect(self.case / "case.db", isolation_level=None)
        live.execute("PRAGMA journal_mode = WAL")
        live.execute("UPDATE message SET flags = 2 WHERE id = 3")
        copy = self.folder / "copy"
        shutil.copytree(self.case, copy, ignore=shutil.ignore_patterns("case.db-shm"))
        live.close()
        before = files_of(copy)
        self.assertIn("case.db-wal", before)
        exit_code, verdict = self.verdict(copy)
        self.assertEqual(exit_code, 4, verdict)
        self.assertEqual(files_of(copy), before)


if __name__ == "__main__":
    unittest.main()
