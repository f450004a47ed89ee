def tamper(case):
    (case.outside / "report/c0099.html").write_text("<p>He confessed.</p>")
    return ["--report", case.outside / "report"]
