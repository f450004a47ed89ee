def tamper(case):
    case.replace(2, b'"note":""', b'"note":"\xc0\xaf"')
