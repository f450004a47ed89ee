from attack import TimeAuthority


def tamper(case):
    authority = TimeAuthority(case.outside / "authority")
    own = TimeAuthority(case.outside / "own")
    case.stamp(own)
    return ["--tsa-ca", authority.certificate]
