"""The committed case "Harbour" equals what its script writes, and its answers fit its files."""

import hashlib
import io
import json
import re
import sys
import unittest
import zipfile
from pathlib import Path

CASEFILES = Path(__file__).resolve().parents[2] / "casefiles"
HARBOUR = CASEFILES / "harbour"
sys.path.insert(0, str(CASEFILES))

import make_harbour  # noqa: E402

# Written apart from the generator: what opens a message in each of the exports.
HEADERS = {
    "a-group": r"\u200e?\[\d\d/\d\d/2024, \d\d:\d\d:\d\d\] ",
    "a-selam": r"\u200e?\[\d\d/\d\d/2024, \d\d:\d\d:\d\d\] ",
    "b-group": r"\d\d/\d\d/2024, \d\d:\d\d - ",
    "b-reza": r"[۰-۹]{4}/[۰-۹]+/[۰-۹]+،\u200f [۰-۹]{2}:[۰-۹]{2} - ",
    "b-youssef": r"\u200f[٠-٩]+\u200f/[٠-٩]+\u200f/٢٠٢٤، [٠-٩]+:[٠-٩]{2}\u202f[صم] - ",
    "c-karim": r"\d\d/\d\d/24, \d\d:\d\d - ",
}
PHONE = re.compile(r"\+\d[\d ]{8,}")


def export_members(facts):
    """(bytes of the chat, {name: bytes} of what lies beside it)."""
    path = HARBOUR / facts["path"]
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        return members.pop("_chat.txt"), members
    beside = {p.name: p.read_bytes() for p in path.parent.iterdir() if p != path}
    return path.read_bytes(), beside


class Harbour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answers = json.loads((HARBOUR / "answers.json").read_text(encoding="utf-8"))
        cls.files = cls.answers["files"]

    def expected(self, key):
        text = (HARBOUR / self.files[key]["expected"]).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    def test_committed_bytes_are_the_generated_ones(self):
        generated = make_harbour.make()
        committed = {path.relative_to(HARBOUR).as_posix(): path.read_bytes()
                     for path in HARBOUR.rglob("*") if path.is_file()}
        self.assertEqual(sorted(committed), sorted(generated))
        for path, data in generated.items():
            self.assertEqual(committed[path], data, path)

    def test_counts_fit_the_header_lines(self):
        self.assertEqual(sorted(self.files), sorted(HEADERS))
        for key, facts in self.files.items():
            chat, _ = export_members(facts)
            lines = re.split(r"\r?\n", chat.decode())
            headers = [line for line in lines if re.match(HEADERS[key], line)]
            self.assertEqual(len(headers), facts["records"], key)
            self.assertEqual(len(self.expected(key)), facts["records"], key)
            self.assertEqual(facts["messages"] + facts["system"], facts["records"], key)

    def test_attachments_are_where_the_answers_say(self):
        for key, facts in self.files.items():
            chat, beside = export_members(facts)
            named = {a["name"]: a["sha256"] for a in facts["attachments"] if a["in_export"]}
            found = {name: hashlib.sha256(data).hexdigest() for name, data in beside.items()}
            self.assertEqual(found, named, key)
            for attachment in facts["attachments"]:
                self.assertIn(attachment["name"].encode(), chat, key)
        lost = [a["name"] for f in self.files.values() for a in f["attachments"]
                if not a["in_export"]]
        self.assertEqual(len(lost), 2)

    def test_one_picture_has_one_hash_on_every_phone(self):
        hashes = [a["sha256"] for key in ("a-group", "b-group", "b-reza", "b-youssef")
                  for a in self.files[key]["attachments"][:1]]
        self.assertEqual(len(hashes), 4)
        self.assertEqual(len(set(hashes)), 1)

    def test_both_readings_of_phone_c_rise_and_no_day_decides(self):
        facts = self.expected("c-karim")
        for field in ("wall", "wall_other"):
            walls = [fact[field] for fact in facts]
            self.assertEqual(walls, sorted(walls), field)
        self.assertTrue(all(int(fact["wall"][8:10]) <= 12 for fact in facts))

    def test_only_reserved_phone_numbers(self):
        for path in HARBOUR.rglob("*"):
            if path.suffix in (".txt", ".vcf", ".jsonl"):
                for number in PHONE.findall(path.read_text(encoding="utf-8")):
                    self.assertRegex(number, r"^\+44 7700 900\d{3}")

    def test_known_answers(self):
        hits = {query: found["hits"] for query, found in self.answers["searches"].items()}
        self.assertEqual(hits["1500"], hits["۱۵۰۰"])
        self.assertEqual((hits["passport"], hits["1500"], hits["no such word"]), (7, 12, 0))
        self.assertEqual((hits["قارب"], hits["قایق"], hits["ዋጋ"]), (10, 4, 4))
        reza = self.expected("b-reza")
        self.assertEqual((reza[0]["wall"], reza[14]["wall"]),
                         ("2024-03-18T18:00", "2024-03-20T08:40"))
        copies = self.answers["copies_of_the_group"]
        self.assertEqual([len(copies[name]) for name in
                          ("only_on_a", "only_on_b", "deleted_on_b", "edited_on_b")],
                         [3, 6, 1, 1])


if __name__ == "__main__":
    unittest.main()
