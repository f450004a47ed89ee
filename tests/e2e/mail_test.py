"""Attachments of mails are those of the mail, whatever else has their name."""
import base64
import unittest

from command import CaseTest, run


def mail(number, *pictures):
    parts = "".join(
        "--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
        'Content-Disposition: attachment; filename="image001.jpg"\r\n\r\n'
        f"{base64.b64encode(each).decode()}\r\n" for each in pictures)
    return (f"From: a{number}@example.org\r\nTo: b@example.org\r\nSubject: s{number}\r\n"
            f"Date: Tue, 5 Mar 2024 10:11:1{number} +0200\r\nMessage-ID: <{number}@example.org>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            f"--b\r\nContent-Type: text/plain\r\n\r\nmail {number}\r\n{parts}--b--\r\n").encode()


class Mail(CaseTest):
    def test_each_mail_has_its_own_pictures(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        pictures = {number: b"picture of mail %d" % number for number in range(6)}
        for number in range(3):
            (evidence / f"{number}.eml").write_bytes(mail(number, pictures[number], b"second"))
        (evidence / "box.mbox").write_bytes(b"".join(
            b"From x@example.org Tue Mar  5 10:11:12 2024\n" + mail(number, pictures[number]) + b"\n"
            for number in range(3, 6)))
        self.init()
        self.assertIn(run("ingest", self.case, evidence).code, (0, 1))  # no reader knows the pictures
        stored = {each["id"]: each for each in self.json("artifacts", self.case)}
        seen = 0
        for message in self.json("messages", self.case):
            number = int(message["source_id"].strip("<>").split("@")[0])
            first = message["attachments"][0]
            self.assertFalse(first["missing"], message)
            artifact = stored[first["artifact"]]
            self.assertEqual(artifact["parent"], message["source"]["artifact"])
            self.assertEqual(artifact["size"], len(pictures[number]))
            path = self.case / "objects" / artifact["sha256"][:2] / artifact["sha256"]
            self.assertEqual(path.read_bytes(), pictures[number])
            seen += 1
            if number < 3:
                self.assertNotEqual(message["attachments"][1]["artifact"], first["artifact"])
        self.assertEqual(seen, 6)
        self.expect(0, "verify", self.case, "--deep")
        before = self.json("messages", self.case)
        self.expect(0, "rebuild", self.case)
        self.assertEqual(self.json("messages", self.case), before)


if __name__ == "__main__":
    unittest.main()
