def tamper(case):
    lines = case.lines()
    case.write(lines[:7] + lines[6:])
