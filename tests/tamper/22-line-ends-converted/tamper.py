def tamper(case):
    case.write([line + b"\r" for line in case.lines()])
