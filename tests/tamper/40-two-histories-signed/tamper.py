def tamper(case):
    case.append("assert", {"zone": "Asia/Tokyo"})
    other = case.anchor()
    case.write(case.lines()[:-1])
    case.append("assert", {"zone": "Asia/Dubai"})
    case.sign(len(case.lines()))
    return ["--anchor", other]
