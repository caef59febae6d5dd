"""What the three programs share: the channel, texts of errors, patience."""
import random
import sys
import time
import typing

import grpc
from google.rpc import error_details_pb2, status_pb2

# A stream is opened anew after so long, so that none hangs for ever. It costs
# nothing: an import goes on with its next line, a watch behind its token.
STREAM_SECONDS = 600
# A call that is answered once.
CALL_SECONDS = 30
# Gives up when the server did not say anything for so long.
LOST_SECONDS = 120
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0


def open_channel(server):
    return grpc.insecure_channel(server, options=[
        # A peer that vanished is noticed; the server allows a ping per 10 s.
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        # The channel reconnects at the pace of our attempts.
        ("grpc.initial_reconnect_backoff_ms", 200),
        ("grpc.max_reconnect_backoff_ms", 5_000),
    ])


class Details(typing.NamedTuple):
    reason: str  # A value of qantara.v1.ErrorReason.
    fields: list  # The wrong ones.
    delay: float  # Seconds that the server wants us to wait.


def details_of(error):
    reason, fields, delay = "", [], 0
    status = status_pb2.Status()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status.ParseFromString(value)
    for detail in status.details:
        info = error_details_pb2.ErrorInfo()
        bad = error_details_pb2.BadRequest()
        retry = error_details_pb2.RetryInfo()
        if detail.Unpack(info):
            reason = info.reason
        elif detail.Unpack(bad):
            fields += [f"{v.field}: {v.description}" for v in bad.field_violations]
        elif detail.Unpack(retry):
            delay = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
    return Details(reason, fields, delay)


def error_text(error):
    reason, fields, _ = details_of(error)
    code = " ".join(filter(None, [error.code().name, reason]))
    return "\n  ".join([f"{code}: {error.details()}", *fields])


def worth_retrying(error):
    reason = details_of(error).reason
    if reason == "OVERLOADED":
        return True
    return (error.code() in (grpc.StatusCode.UNAVAILABLE,
                             grpc.StatusCode.DEADLINE_EXCEEDED,
                             grpc.StatusCode.INTERNAL)
            and reason != "CREDENTIALS_NEEDED")


class Patience:
    """Waits between attempts: longer and longer, until something comes again, and
    never less than the server asks for."""

    def __init__(self):
        self.progress()

    def progress(self):
        """The server said something."""
        self.wait, self.failing_since = FIRST_WAIT, None

    def after(self, error):
        """Returns when it is time to try again; raises `error` when it never is."""
        now = time.monotonic()
        self.failing_since = self.failing_since or now
        pause = max(self.wait * random.uniform(0.5, 1), details_of(error).delay)
        lost = now + pause > self.failing_since + LOST_SECONDS
        if not worth_retrying(error) or lost:
            raise error
        print("trying again after", error_text(error), file=sys.stderr, flush=True)
        time.sleep(pause)
        self.wait = min(self.wait * 2, LONGEST_WAIT)


def ask(method, request):
    """Calls a method that may be repeated, and returns its answer."""
    patience = Patience()
    while True:
        try:
            return method(request, timeout=CALL_SECONDS)
        except grpc.RpcError as error:
            patience.after(error)


def run(main, usage):
    """Runs main(argument...) and ends the program with its exit code."""
    arguments = sys.argv[1:]
    if len(arguments) != len(usage.split()):
        sys.exit(f"usage: {sys.argv[0]} {usage}")
    try:
        sys.exit(main(*arguments))
    except grpc.RpcError as error:
        sys.exit(error_text(error))
    except OSError as error:  # Of a file.
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
