"""A table with a mapping file beside it: read together, as docs/formats/table.md has its example."""
import json
import re
import unittest

from command import SOURCE, CaseTest, run, trouble_of

PAGE = (SOURCE / "docs/formats/table.md").read_text(encoding="utf-8")
TABLE = re.search(r"```\n(Chat;.*?)```", PAGE, re.S)[1]
MAPPING = re.search(r"```json\n(.*?)```", PAGE, re.S)[1]


class Tables(CaseTest):
    def take_in(self, mapping, code=0):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        (evidence / "history.csv").write_text(TABLE, encoding="utf-8")
        (evidence / "history.csv.mapping.json").write_text(mapping, encoding="utf-8")
        self.init()
        self.expect(code, "ingest", self.case, evidence)
        return {each["path"]: each for each in self.json("artifacts", self.case)}

    def test_the_example_is_read_as_the_page_says(self):
        artifacts = self.take_in(MAPPING)
        table, mapping = artifacts["history.csv"], artifacts["history.csv.mapping.json"]
        self.assertEqual((table["status"], table["unexplained_bytes"]), ("parsed", 0))
        self.assertEqual((mapping["status"], mapping["unexplained_bytes"]), ("companion", 0))
        self.assertEqual(mapping["read_with"], table["id"])
        message, = self.json("messages", self.case)
        self.assertEqual(message["text"], "good morning")
        self.assertEqual(message["direction"], "in")
        entries = (self.case / "ledger/entries.jsonl").read_text(encoding="utf-8").splitlines()
        derive, = [each["body"] for each in map(json.loads, entries)
                   if each["type"] == "derive" and each["body"]["artifact"] == table["id"]]
        self.assertEqual(derive["companions"][0]["sha256"], mapping["sha256"])
        self.assertEqual(trouble_of(run("verify", self.case, "--json")), "")

    def test_a_mapping_that_does_not_fit_is_told_and_the_rows_stay(self):
        artifacts = self.take_in(MAPPING.replace('"When"', '"Then"'))
        self.assertEqual(artifacts["history.csv"]["status"], "parsed")
        self.assertEqual(artifacts["history.csv.mapping.json"]["unexplained_bytes"], 0)
        self.assertEqual([each["text"] for each in self.json("messages", self.case)], ["", ""])


if __name__ == "__main__":
    unittest.main()
