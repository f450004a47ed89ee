def tamper(case):
    case.write(case.lines()[:-1])
