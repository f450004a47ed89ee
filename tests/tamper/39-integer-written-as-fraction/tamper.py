def tamper(case):
    number = case.find("exhibit_close")
    case.replace(number, b'"seq":%d' % number, b'"seq":%d.0' % number)
