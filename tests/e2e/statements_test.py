"""What an examiner asserts: zone and date order; the timeline follows, the records do not change."""
import unittest

from command import CaseTest

OPEN = ("05/04/2024, 09:15 - Anna: first\n"
        "06/05/2024, 09:16 - Bilal: second\n")


class Statements(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()
        path = self.folder / "WhatsApp Chat with Bilal.txt"
        path.write_text(OPEN)
        self.expect(0, "ingest", self.case, path, "--exhibit", "EX-A")

    def moments(self):
        return [(row["sent"]["wall"], row["text"]) for row in self.json("timeline", self.case)]

    def test_both_readings_until_one_is_asserted(self):
        self.assertEqual(len(self.moments()), 4)
        self.expect(0, "assert", self.case, "--exhibit", "EX-A", "--date-order", "month-day",
                    "--reason", "the phone's region is US")
        self.assertEqual(self.moments(),
                         [("2024-05-04T09:15", "first"), ("2024-06-05T09:16", "second")])
        self.expect(0, "verify", self.case)

    def test_an_asserted_zone_gives_the_instant(self):
        message = self.json("messages", self.case)[0]
        self.assertIsNone(message["sent"]["utc"])
        self.expect(0, "assert", self.case, "--exhibit", "EX-A", "--zone", "Europe/Athens",
                    "--date-order", "day-month")
        rows = self.json("timeline", self.case)
        self.assertEqual(rows[0]["sent"]["utc"], "2024-04-05T06:15:00Z")
        self.assertEqual(rows[0]["sent"]["wall"], "2024-04-05T09:15")

    def test_nonsense_is_refused(self):
        self.expect(2, "assert", self.case, "--exhibit", "EX-A", "--zone", "Mars/Olympus")
        self.expect(2, "assert", self.case, "--exhibit", "EX-A", "--date-order", "year-day")
        self.expect(2, "assert", self.case, "--exhibit", "NONE", "--zone", "UTC")


if __name__ == "__main__":
    unittest.main()
