"""Two phones of one group, and an encrypted backup of one of them: what is read, what comes back, and
which messages are the same."""
import subprocess
import sys
import unittest

from command import SOURCE, CaseTest


class SeizedPhones(CaseTest):
    def setUp(self):
        super().setUp()
        self.phones = self.folder / "phones"
        subprocess.run([sys.executable, "-B", SOURCE / "casefiles/harbour_phones.py", self.phones],
                       check=True)
        self.init()

    def ingest(self):
        key = self.phones / "phone-d/data/data/com.whatsapp/files/encrypted_backup.key"
        android = self.expect(0, "ingest", self.case, self.phones / "phone-d", "--exhibit", "D",
                              "--key", key)
        iphone = self.expect(0, "ingest", self.case, self.phones / "phone-e", "--exhibit", "E")
        for ran in (android, iphone):
            self.assertIn(" rejected=0 ", ran.err)
            self.assertIn(" unexplained_bytes=0 ", ran.err)

    def test_what_two_phones_and_a_backup_have_of_one_message(self):
        self.ingest()
        messages = self.json("messages", self.case)
        by_exhibit = {}
        for message in messages:
            by_exhibit.setdefault((message["source"]["exhibit"], message["text"]), []).append(message)

        # The same on both phones and in the backup.
        [iphone] = by_exhibit["E", "Careful, one of them writes in the review channel."]
        self.assertEqual(sorted(each["exhibit"] for each in iphone["same_as"]), ["D", "D"])
        self.assertTrue(all(each["differs"] == [] for each in iphone["same_as"]))

        # Edited on one phone after the backup was taken.
        [edited] = by_exhibit["E", "11 × 1500 = 16500. Sarraf releases today."]
        differs = sorted(each["differs"] for each in edited["same_as"])
        self.assertEqual(differs, [[], ["text", "edited"]])

        # Taken back for everyone on one phone.
        [bundle] = by_exhibit["E", "2500 land + 3500 sea, Tripoli → Lampedusa. Total 6000 $."]
        self.assertIn(["text", "kind", "deleted"], [each["differs"] for each in bundle["same_as"]])

        # Deleted from Omid's phone: in the free space of his database and in his backup.
        deleted = by_exhibit["D", "Confirmed for the 27th. Captain is ours."]
        self.assertEqual(sorted("recovered" in each for each in deleted), [False, True])

        # An answer finds what it answers, on its own phone first.
        [answer] = [m for m in by_exhibit["D", "11? You said 12."] if "msgstore.db" in m["source"]["path"]
                    and "crypt" not in m["source"]["path"]]
        answered = {m["id"]: m for m in messages}[answer["reply_to_message"]]
        self.assertEqual(answered["text"], "القارب خرج الساعة ٤ والبحر هادئ. ١١ شخصاً.")
        self.assertEqual(answered["source"]["path"], answer["source"]["path"])

    def test_names_media_and_the_backup(self):
        self.ingest()
        artifacts = self.json("artifacts", self.case)
        apps = {each["app"]: each for each in self.json("status", self.case)[0]["apps"]}
        self.assertEqual((apps["Skype"]["listed"], apps["Skype"]["read"]), (1, 0))
        self.assertGreater(apps["WhatsApp"]["listed"], 1)
        self.assertLessEqual({each["status"] for each in artifacts} - {"unrecognised"},
                             {"parsed", "companion"})
        [made] = [each for each in artifacts if each.get("method")]
        self.assertIs(made["verified"], True)
        conversations = self.json("conversations", self.case)
        chat = [each for each in conversations if each["platform"] == "viber"]
        self.assertEqual([each["others"] for each in chat], ["يوسف"])
        states = {(m["source"]["exhibit"], a["state"]) for m in self.json("messages", self.case)
                  for a in m["attachments"]}
        self.assertIn(("E", "present"), states)
        self.assertIn(("D", "present"), states)
        self.expect(0, "verify", self.case, "--deep")
        self.expect(0, "report", self.case, "-o", self.folder / "report")


if __name__ == "__main__":
    unittest.main()
