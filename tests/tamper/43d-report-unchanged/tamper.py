def tamper(case):
    return ["--report", case.outside / "report"]
