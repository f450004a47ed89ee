def tamper(case):
    lines = case.lines()
    case.write(lines[:6] + lines[7:])
