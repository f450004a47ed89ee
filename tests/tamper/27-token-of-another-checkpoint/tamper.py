from attack import TimeAuthority


def tamper(case):
    authority = TimeAuthority(case.outside / "authority")
    case.stamp(authority, stamped=case.sizes()[0])
    return ["--tsa-ca", authority.certificate]
