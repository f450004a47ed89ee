"""Telegram of the fictional case Harbour: one group in both forms of the export, and an account."""
import unittest

from command import HARBOUR, CaseTest

JSON, HTML = "ChatExport_2024-04-29/result.json", "ChatExport_2024-04-22/messages.html"


class Telegram(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()
        ran = self.expect(0, "ingest", self.case, HARBOUR / "telegram", "--exhibit", "T")
        self.assertIn(" rejected=0 ", ran.err)
        self.assertIn(" unexplained_bytes=0 ", ran.err)

    def group(self, path):
        return {int(each["source_id"]): each for each in self.json("messages", self.case)
                if each["source"]["path"] == path}

    def test_what_each_form_has(self):
        page, export = self.group(HTML), self.group(JSON)
        self.assertEqual((sorted(page), sorted(export)), (list(range(1, 10)), list(range(1, 11))))
        self.assertEqual(page[6]["text"], "Meet there at 03:30, not before.")
        self.assertEqual(export[6]["text"], "Meet there at 02:30, not before.")
        self.assertTrue(export[6]["edited"])
        self.assertEqual((page[6]["reply_to"], export[6]["reply_to"]), ("5", "5"))
        self.assertEqual(page[8]["attachments"][0]["missing"], False)
        self.assertEqual(page[8]["attachments"][0]["sha256"], export[8]["attachments"][0]["sha256"])
        self.assertEqual(page[4]["forwarded_from"], "Port Information")

    def test_both_forms_of_one_message_name_each_other(self):
        page, export = self.group(HTML), self.group(JSON)
        differs = {number: [each["differs"] for each in message.get("same_as", [])]
                   for number, message in page.items()}
        self.assertEqual(differs[2], [[]])
        self.assertEqual(differs[6], [["text", "edited"]])  # changed after the page was made
        self.assertEqual(differs[3], [[], []])  # the account's export has it, too
        self.assertEqual([each["id"] for each in page[2]["same_as"]], [export[2]["id"]])
        self.assertEqual(page[1]["same_as"][0]["id"], export[1]["id"])  # a service message has only a day
        self.assertEqual(len(export[10]["same_as"]), 1)
        alone = [each for each in self.json("messages", self.case) if each["source_id"] == "4101"]
        self.assertNotIn("same_as", alone[0])

    def test_a_page_is_an_hour_open_until_a_zone_is_asserted(self):
        export = self.group(JSON)[2]["sent"]
        sent = self.group(HTML)[2]["sent"]
        self.assertEqual(sent["basis"], "standard-offset")
        self.assertEqual((sent["utc"], sent["utc_latest"]),
                         ("2024-04-03T09:01:12Z", "2024-04-03T10:01:12.999Z"))
        self.expect(0, "assert", self.case, "--exhibit", "T", "--zone", "Europe/Athens")
        sent = self.group(HTML)[2]["sent"]
        self.assertEqual((sent["utc"], sent["utc_latest"]), (export["utc"], export["utc_latest"]))

    def test_a_control_character_is_read(self):
        [reply] = [each for each in self.json("messages", self.case) if each["source_id"] == "4102"]
        self.assertEqual((reply["text"], reply["direction"]), ("ok\v", "out"))

    def test_karims_account_has_his_number(self):
        [karim] = [each for each in self.json("people", self.case)
                   if "user5900800702" in each.get("accounts", [])]
        self.assertEqual(karim["basis"], "same phone number")

    def test_a_report_names_nobody_whom_the_number_of_a_thread_would_name(self):
        out = self.folder / "report"
        self.expect(0, "report", self.case, "-o", out)
        pages = "".join(page.read_text() for page in out.glob("c*.html"))
        self.assertIn("<dt>participant</dt>", pages)
        self.assertNotIn("<dt>conversation</dt>", pages)


if __name__ == "__main__":
    unittest.main()
