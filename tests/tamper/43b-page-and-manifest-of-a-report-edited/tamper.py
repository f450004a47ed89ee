import hashlib


def tamper(case):
    page = case.outside / "report/index.html"
    manifest = case.outside / "report/manifest-sha256.txt"
    old = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_bytes(page.read_bytes() + b"<!-- and one thing more -->")
    new = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text().replace(old, new))
    return ["--report", case.outside / "report"]
