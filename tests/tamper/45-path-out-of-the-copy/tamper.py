import shutil


def tamper(case):
    case.append("anchor_in", {"file": "tokens/../../../token.tsr", "kind": "rfc3161", "size": 1,
                              "sha256": "0" * 64})
    case.sign(len(case.lines()))
    shutil.copy(case.objects()[0], case.objects()[0].parent / case.objects()[0].name.upper())
