"""Viber's databases through the whole way: intake, the checked records, and all of it again."""
import shutil
import subprocess
import sys
import unittest
import zipfile

from command import SOURCE, CaseTest


class Viber(CaseTest):
    def setUp(self):
        super().setUp()
        made = self.folder / "made"
        subprocess.run([sys.executable, "-B", SOURCE / "tests/viber/make_databases.py", made],
                       check=True)
        self.evidence = self.folder / "evidence"
        places = {
            "desktop.db": "ViberPC/385911111111/viber.db",
            "log.db": "log/viber.db",
            "log.db-wal": "log/viber.db-wal",
            "deleted.db": "deleted/viber.db",
            "viber.db": "encrypted/viber.db",
            "viber_messages": "com.viber.voip/databases/viber_messages",
            "viber_data": "com.viber.voip/databases/viber_data",
            "viber_prefs": "com.viber.voip/databases/viber_prefs",
            "Contacts.data": "backup/83b9310399a905c7781f95580174f321cd18fd97",
            "Settings.data": "com.viber/settings/Settings.data",
        }
        for name, place in places.items():
            target = self.evidence / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made / name, target)
        with zipfile.ZipFile(self.evidence / "history.zip", "w") as history:
            history.writestr("Rosa.csv", "\ufeff05/03/2014,21:07:09,Rosa,+385911234567,Hello, you\r\n"
                                         "25/03/2014,08:00:00,Me,,Good morning\r\n")

    def test_every_value_is_proved_and_every_byte_explained(self):
        self.init()
        ran = self.expect(1, "ingest", self.case, self.evidence)  # one database is encrypted
        self.assertIn(" rejected=0 ", ran.err)
        self.assertIn(" unexplained_bytes=0 ", ran.err)
        artifacts = {line["path"]: line for line in self.json("artifacts", self.case)}
        for path, line in artifacts.items():
            with self.subTest(path=path):
                if path == "encrypted/viber.db":
                    self.assertEqual(line["status"], "failed")
                    self.assertEqual(line["error"]["code"], "encrypted")
                elif not path.endswith((".zip", "-wal")):
                    self.assertEqual(line["status"], "parsed")
                    self.assertEqual(line["plugin"], "org.libforensics.viber")
        messages = self.json("messages", self.case)
        texts = {line["text"] for line in messages}
        for text in ("Hello, you", "only the log has me", "gdje si?", "a message without an event"):
            self.assertIn(text, texts)
        self.expect(0, "verify", self.case, "--deep")

    def test_two_workers_find_what_one_finds(self):
        cases = [self.folder / "one", self.folder / "two"]
        for jobs, case in enumerate(cases, 1):
            self.init(case)
            self.expect(1, "ingest", case, self.evidence, "--jobs", str(jobs))
        one, two = (self.json("messages", case) for case in cases)
        self.assertEqual(one, two)


if __name__ == "__main__":
    unittest.main()
