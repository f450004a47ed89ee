"""`forensics fsck` tells what lies in a case folder, `forensics rebuild` makes its database anew."""
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from command import HARBOUR, PROGRAM, CaseTest, run, trouble_of


def contents(folder):
    """Every file with its bytes, mode and time of change."""
    return {str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns,
                        path.read_bytes() if path.is_file() else None)
            for path in folder.rglob("*")}


class Filled(CaseTest):
    @classmethod
    def setUpClass(cls):
        case = CaseTest()
        case.setUp()
        cls.addClassCleanup(case.doCleanups)
        cls.filled = case.case
        case.init()
        assert run("ingest", cls.filled, HARBOUR / "phone-a", HARBOUR / "phone-b").code in (0, 1)
        case.expect(0, "assert", cls.filled, "--exhibit", "EX001", "--zone", "Africa/Tripoli")

    def setUp(self):
        super().setUp()
        shutil.copytree(self.filled, self.case)

    def views(self):
        return {name: self.expect(0, name, self.case, *words, "--json").out for name, *words in (
            ("messages",), ("timeline",), ("search", "passport"), ("people",), ("artifacts",),
            ("conversations",), ("status",))}


class HalfWritten(Filled):
    """A database in the state in which a writer's death leaves it while it changes the kind of log."""

    def setUp(self):
        super().setUp()
        dying = ("import os, sqlite3, sys\n"
                 "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                 "database.execute('PRAGMA cache_size = 1')\n"
                 "database.execute('BEGIN IMMEDIATE')\n"
                 "database.execute(\"UPDATE message SET text = 'half written'\")\n"
                 "os.kill(os.getpid(), 9)\n")
        subprocess.run([sys.executable, "-c", dying, self.case / "case.db"])
        self.assertGreater((self.case / "case.db-journal").stat().st_size, 0)

    def test_readers_see_what_was_written_whole(self):
        expected = {name: run(name, self.filled, "--json").out for name in ("messages", "status")}
        for name, out in expected.items():
            self.assertEqual(self.expect(0, name, self.case, "--json").out, out)

    def test_verify_changes_nothing(self):
        before = {path.name: path.read_bytes() for path in self.case.glob("case.db*")}
        self.expect(0, "verify", self.case)
        self.assertEqual({path.name: path.read_bytes() for path in self.case.glob("case.db*")}, before)


class Fsck(Filled):
    def findings(self, code):
        line, = self.json("fsck", self.case, code=code)
        for finding in line["findings"]:
            self.assertTrue(finding["remedy"].endswith("."), finding)
            self.assertNotIn("Look at it", finding["remedy"], finding)
        self.said = " ".join(each["message"] for each in line["findings"])
        return {(each["code"], each["severity"], each["where"]) for each in line["findings"]}

    def test_a_sound_case(self):
        before = contents(self.case)
        self.assertEqual(self.findings(0), set())
        self.assertIn("Intact\n", self.expect(0, "fsck", self.case).out)
        self.assertEqual(contents(self.case), before, "fsck wrote into the case")

    def test_what_a_killed_run_leaves(self):
        orphan = b"evidence that no entry speaks of"
        name = hashlib.sha256(orphan).hexdigest()
        (self.case / "objects" / name[:2]).mkdir(exist_ok=True)
        path = self.case / "objects" / name[:2] / name
        path.write_bytes(orphan)
        path.chmod(0o400)
        (self.case / "objects/tmp/0").write_bytes(b"half of")
        (self.case / "ledger/checkpoints/000000000099.note.tmp").write_bytes(b"urn")
        (self.case / "case.db.rebuilt").write_bytes(b"")
        tail = b'{"half of a li'
        moved = f"ledger/recovery/4711-{hashlib.sha256(tail).hexdigest()}.tail"
        (self.case / moved).write_bytes(tail)
        found = self.findings(1)
        for code, where in (("LEFTOVER", "ledger/checkpoints/000000000099.note.tmp"),
                            ("LEFTOVER", "case.db.rebuilt"), ("RECOVERED", moved)):
            self.assertIn((code, "warning", where), found)
        self.assertIn(f"no entry speaks of object {name}", self.said)
        self.assertIn("no object: tmp/0", self.said)
        text = self.expect(1, "fsck", self.case).out
        self.assertIn("What to do: Left by an interrupted run", text)
        # And the remedy that is named works.
        self.expect(0, "ingest", self.case)
        left = {key for key in self.findings(1) if key[1] == "warning"}
        self.assertEqual({code for code, _, _ in left}, {"EXTRA", "LEFTOVER"}, left)
        path.unlink()
        (self.case / "case.db.rebuilt").unlink()
        self.assertEqual({each[1] for each in self.findings(0)}, {"note"})

    def test_permissions_and_strangers(self):
        path = next((self.case / "objects").glob("??/*"))
        path.chmod(0o644)
        (self.case / "keys/log.key").chmod(0o640)
        (self.case / "notes.txt").write_text("a stranger")
        where = str(path.relative_to(self.case))
        self.assertEqual(self.findings(1), {
            ("MODE", "warning", where), ("MODE", "warning", "keys/log.key"),
            ("STRANGER", "warning", "notes.txt")})

    def test_damage(self):
        path = next((self.case / "objects").glob("??/*"))
        path.chmod(0o600)
        with open(path, "r+b") as file:
            file.write(b"\0")
        path.chmod(0o400)
        with open(self.case / "case.db", "r+b") as file:
            file.seek(os.path.getsize(self.case / "case.db") // 2)
            file.write(b"\xa5" * 9000)
        codes = {code for code, severity, _ in self.findings(4) if severity == "failure"}
        self.assertIn("OBJ-HASH", codes)
        self.assertTrue(codes & {"DATABASE", "INDEX", "RECORDS"}, codes)

    def test_it_runs_the_plugins_again(self):
        before = run("verify", self.case, "--json").lines()[0]["records"]
        line, = self.json("fsck", self.case)
        self.assertEqual(line["records"], before)
        self.expect(0, "verify", self.case, "--worker", "/nonexistent")
        ran = self.expect(3, "fsck", self.case, "--worker", "/nonexistent")
        self.assertIn("cannot read the program", ran.err)


class Rebuild(Filled):
    def test_a_sound_database_is_made_again_the_same(self):
        before = self.views()
        old = (self.case / "case.db").read_bytes()
        ran = self.expect(0, "rebuild", self.case)
        self.assertIn("The old database held the same.", ran.out)
        self.assertEqual(self.views(), before)
        self.assertEqual((self.case / "case.db.before-1").read_bytes(), old)
        self.expect(0, "verify", self.case)
        line, = self.json("rebuild", self.case)
        self.assertEqual((line["differing"], line["compared"]), ([], True))
        self.assertTrue(line["kept"].endswith("case.db.before-2"))
        kept = [each["where"] for each in self.json("fsck", self.case)[0]["findings"]
                if each["code"] == "KEPT"]
        self.assertEqual(kept, ["case.db.before-1", "case.db.before-2"])
        # The case goes on with it.
        self.assertIn(run("ingest", self.case, HARBOUR / "phone-c").code, (0, 1))
        self.expect(0, "verify", self.case)

    def test_an_edited_row_is_named_and_put_right(self):
        before = self.views()
        database = sqlite3.connect(self.case / "case.db")
        database.execute("UPDATE message SET text = 'nothing was said' WHERE id = 7")
        database.execute("DELETE FROM attachment WHERE id = 1")
        database.commit()
        database.close()
        self.expect(4, "verify", self.case)
        line, = self.json("rebuild", self.case, code=1)
        self.assertEqual({each["table"]: (each["changed"], each["missing"], each["extra"])
                          for each in line["differing"]},
                         {"message": (1, 0, 0), "attachment": (0, 1, 0)})
        self.assertEqual(self.views(), before)
        self.expect(0, "verify", self.case)

    def test_a_database_that_cannot_be_read_is_kept_and_replaced(self):
        before = self.views()
        for name, damage in (("noise", b"\xa5" * 70000), ("nothing", b"")):
            with self.subTest(name):
                (self.case / "case.db").write_bytes(damage)
                self.expect(1 if damage else 0, "rebuild", self.case)
                self.assertEqual(self.views(), before)
                self.expect(0, "verify", self.case)
        self.assertEqual((self.case / "case.db.before-1").read_bytes(), b"\xa5" * 70000)

    def test_a_log_beside_the_old_database_does_not_reach_the_new_one(self):
        before = self.views()
        process = subprocess.Popen([PROGRAM, "ingest", self.case, HARBOUR / "phone-c"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        log = self.case / "case.db-wal"
        deadline = time.monotonic() + 60
        while not (log.exists() and log.stat().st_size > 0) and process.poll() is None:
            self.assertLess(time.monotonic(), deadline)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.assertIn(run("rebuild", self.case).code, (0, 1))
        self.assertFalse(log.exists())
        self.assertIn(run("verify", self.case).code, (0, 1))
        self.assertIn(run("ingest", self.case, HARBOUR / "phone-c").code, (0, 1))
        self.assertEqual(trouble_of(run("verify", self.case, "--json")), "")
        self.assertTrue(self.views()["messages"].startswith(before["messages"]))

    def test_a_lost_database(self):
        before = self.views()
        (self.case / "case.db").unlink()
        line, = self.json("rebuild", self.case)
        self.assertIsNone(line["kept"])
        self.assertEqual(self.views(), before)

    def test_what_does_not_verify_is_refused_and_left_alone(self):
        ledger = self.case / "ledger/entries.jsonl"
        good = ledger.read_bytes()
        path = next((self.case / "objects").glob("??/*"))

        def edit_ledger():
            ledger.write_bytes(good.replace(b"phone-a", b"phone-x", 1))

        def lose_object():
            ledger.write_bytes(good)
            path.rename(self.folder / "object")

        for damage in (edit_ledger, lose_object):
            with self.subTest(damage.__name__):
                damage()
                before = contents(self.case)
                ran = self.expect(4, "rebuild", self.case)
                self.assertIn("do not verify", ran.err)
                after = contents(self.case)
                after.pop(str(self.case / "lock"))
                before.pop(str(self.case / "lock"))
                self.assertEqual(after, before)

    def test_a_rebuild_that_is_killed_goes_on(self):
        before = self.views()
        began = time.monotonic()
        self.expect(0, "rebuild", self.case)
        duration = time.monotonic() - began
        for part in range(1, 9):
            process = subprocess.Popen([PROGRAM, "rebuild", self.case], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(duration * part / 9)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.assertEqual(self.views(), before, "until it is done the old database is there")
        self.expect(0, "rebuild", self.case)
        self.assertEqual(self.views(), before)
        self.assertFalse((self.case / "case.db.rebuilt").exists())

    def test_a_reader_of_the_log_is_waited_for_and_then_named(self):
        database = sqlite3.connect(self.case / "case.db", isolation_level=None)
        self.addCleanup(database.close)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM message").fetchall()
        ran = self.expect(6, "rebuild", self.case)
        self.assertIn("another program reads the case database", ran.err)
        # Nothing else may open the file in this process meanwhile: closing it drops SQLite's locks.
        self.assertFalse((self.case / "case.db.before-1").exists())
        database.close()
        self.expect(0, "rebuild", self.case)
        self.expect(0, "verify", self.case)


if __name__ == "__main__":
    unittest.main()
