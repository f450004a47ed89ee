def tamper(case):
    case.append("assert", {"zone": "Asia/Tokyo"})
