def tamper(case):
    lines = case.lines()
    lines[7], lines[8] = lines[8], lines[7]
    case.write(lines)
