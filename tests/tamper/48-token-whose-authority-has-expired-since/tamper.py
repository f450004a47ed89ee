import datetime
import time

from attack import TimeAuthority


def tamper(case):
    seconds = 5
    while True:
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
        authority = TimeAuthority(case.outside / f"authority-{seconds}", f"{end:%Y%m%d%H%M%SZ}")
        if datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2) < end:
            break
        seconds *= 2  # this machine is too busy to make a token before the certificate expires
    case.stamp(authority)
    while datetime.datetime.now(datetime.timezone.utc) <= end + datetime.timedelta(seconds=1):
        time.sleep(0.2)
    return ["--tsa-ca", authority.certificate]
