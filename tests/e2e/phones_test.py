"""A phone's files through the whole pipeline: backups that are opened in a confined worker, and the
databases of WhatsApp for iOS under the names that a backup of the phone gives them."""
import hashlib
import shutil
import subprocess
import sys

from command import SOURCE, CaseTest

SEEDS = SOURCE / "tests/fuzz/seeds/fuzz_whatsapp_backup"


class BackupTest(CaseTest):
    def setUp(self):
        super().setUp()
        self.phone = self.folder / "phone"
        self.phone.mkdir()
        self.init()

    def put(self, seed, name):
        shutil.copyfile(SEEDS / seed, self.phone / name)

    def ingest(self, code, *more):
        self.expect(code, "ingest", self.case, self.phone, *more)
        return {line["path"]: line for line in self.json("artifacts", self.case)}

    def test_opened_with_the_key_of_the_exhibit(self):
        self.put("crypt14-zlib", "msgstore.db.crypt14")
        self.put("crypt7-database", "old.db.crypt7")
        (self.phone / "files").mkdir()
        self.put("key-file", "files/key")
        found = self.ingest(1)  # what is inside is no real database: unrecognised
        modern = found["msgstore.db.crypt14/msgstore.db"]
        old = found["old.db.crypt7/old.db"]
        self.assertIs(modern["verified"], True)
        self.assertIs(old["verified"], False)  # no authentication: never proved
        self.assertEqual(modern["sha256"], old["sha256"])
        self.assertEqual(modern["parent"], found["msgstore.db.crypt14"]["id"])
        self.expect(0, "verify", self.case)

    def test_opened_with_a_key_that_is_handed_over_and_not_kept(self):
        self.put("crypt15-zlib", "msgstore.db.crypt15")
        secret = b"the AES key of a device, made up"
        key = self.folder / "digits.txt"
        key.write_text(" ".join(f"{byte:02x}" for byte in secret) + "\n")
        found = self.ingest(1, "--key", key)
        self.assertIs(found["msgstore.db.crypt15/msgstore.db"]["verified"], True)
        for file in self.case.rglob("*"):
            if file.is_file():
                self.assertNotIn(secret, file.read_bytes(), file)
                self.assertNotIn(key.read_bytes(), file.read_bytes(), file)
        digest = hashlib.sha256(key.read_bytes()).hexdigest()
        self.assertTrue(any(digest.encode() in file.read_bytes()
                            for file in self.case.rglob("*") if file.is_file()))

    def test_each_refusal_says_why(self):
        self.put("crypt15-zlib", "msgstore.db.crypt15")
        found = self.ingest(1)
        self.assertEqual(found["msgstore.db.crypt15"]["error"]["code"], "encrypted")
        shown = self.expect(0, "show", self.case, found["msgstore.db.crypt15"]["id"]).out
        self.assertIn("key-needed", shown)


class IosTest(CaseTest):
    def test_databases_under_the_names_of_a_backup(self):
        made = self.folder / "made"
        subprocess.run([sys.executable, "-B", SOURCE / "tests/whatsapp_ios/make_databases.py", made],
                       check=True)
        phone = self.folder / "phone"
        (phone / "7c").mkdir(parents=True)
        shutil.copyfile(made / "deleted/ChatStorage.sqlite",
                        phone / "7c/7c7fba66680ef796b916b067077cc246adacf01d")
        shutil.copyfile(made / "others/ContactsV2.sqlite",
                        phone / "7c/b8548dc30aa1030df0ce18ef08b882cf7ab5212f")
        shutil.copytree(made / "log", phone / "log")
        self.init()
        ran = self.expect(0, "ingest", self.case, phone)
        self.assertIn("rejected=0 unexplained_bytes=0", ran.err)
        messages = self.json("messages", self.case)
        texts = [line["text"] for line in messages]
        self.assertIn("only in the log", texts)
        self.assertEqual(sum("long talk" in (text or "") for text in texts), 200)
        self.expect(0, "verify", self.case, "--deep")
