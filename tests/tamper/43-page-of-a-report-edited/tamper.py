def tamper(case):
    page = case.outside / "report/index.html"
    page.write_bytes(page.read_bytes() + b"<!-- and one thing more -->")
    return ["--report", case.outside / "report"]
