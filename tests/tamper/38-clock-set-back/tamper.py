def tamper(case):
    case.append("assert", {"zone": "Asia/Tokyo"}, time="2001-02-03T04:05:06.789Z")
    case.sign(len(case.lines()))
