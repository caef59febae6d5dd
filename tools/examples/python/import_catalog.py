#!/usr/bin/python3
"""Imports a catalog and prints which product got which id.

    import_catalog.py SERVER IMPORT_ID FILE

FILE holds a qantara.v1.CatalogLine as JSON on each line. The same IMPORT_ID
with the same FILE goes on where an earlier run ended, however it ended.
Exit code 0: every line is created, linked, updated or unchanged.
"""
import itertools
import queue
import sys

import grpc
from google.protobuf import json_format
from qantara.v1 import catalog_service_pb2 as catalog
from qantara.v1 import catalog_service_pb2_grpc, error_reason_pb2, state_pb2

import qantara_client

# A line may have 256 KiB, a message 4 MiB.
BATCH_LINES = 15
PAGE_ITEMS = 1000


class Sender:
    """What is sent. gRPC takes the next request on a thread of its own when there
    is room for it, so that answers are read meanwhile."""

    def __init__(self, import_id, path):
        self.import_id, self.path = import_id, path
        # Before the call: a wrong path does not leave an open import behind.
        self.file = open(path, encoding="utf-8", newline="\n")
        self.next_line = queue.SimpleQueue()  # None: there will not be one.
        self.bad_file = None

    def __iter__(self):
        yield catalog.ImportCatalogRequest(header=catalog.ImportHeader(
            import_id=self.import_id, source_name="example in Python"))
        first = self.next_line.get()
        if first is None:
            return
        try:
            with self.file:
                rest = itertools.islice(self.file, first - 1, None)
                while texts := list(itertools.islice(rest, BATCH_LINES)):
                    batch = catalog.ImportBatch(first_line=first)
                    for text in texts:
                        json_format.Parse(text, batch.lines.add())
                        first += 1
                    yield catalog.ImportCatalogRequest(batch=batch)
        except (OSError, ValueError, json_format.ParseError) as error:
            self.bad_file = f"{self.path}, line {first}: {error}"
            raise
        yield catalog.ImportCatalogRequest(end=catalog.ImportEnd(last_line=first - 1))


def import_once(stub, sender, patience):
    """Returns the summary, or None when the stream ended without one."""
    stream = stub.ImportCatalog(iter(sender), timeout=qantara_client.STREAM_SECONDS)
    acknowledged = 0
    try:
        for response in stream:
            kind = response.WhichOneof("kind")
            if kind == "opened":
                # The line behind the last one that is on disk there.
                print("open at line", response.opened.next_line,
                      file=sys.stderr, flush=True)
                sender.next_line.put(response.opened.next_line)
                continue
            patience.progress()
            if kind == "ack":
                acknowledged = response.ack.durable_line
            elif kind == "progress":
                print(f"line {acknowledged} is on disk,",
                      f"{response.progress.counts.queued} lines wait",
                      file=sys.stderr, flush=True)
            elif kind == "summary":
                return response.summary
    finally:
        sender.next_line.put(None)
        stream.cancel()
    return None


def import_catalog(stub, import_id, path):
    patience = qantara_client.Patience()
    while True:
        sender = Sender(import_id, path)
        try:
            summary = import_once(stub, sender, patience)
            if summary is None:
                sys.exit("the stream ended without a summary")
            return summary
        except grpc.RpcError as error:
            if sender.bad_file:
                sys.exit(sender.bad_file)
            patience.after(error)


def items_of(stub, import_id):
    """All items. Results came with the stream too, but not those of the time when
    it was broken."""
    request = catalog.ListImportItemsRequest(import_id=import_id,
                                             page_size=PAGE_ITEMS)
    while True:
        page = qantara_client.ask(stub.ListImportItems, request)
        yield from page.items
        request.page_token = page.next_page_token
        if not request.page_token:
            return


def main(server, import_id, path):
    with qantara_client.open_channel(server) as channel:
        stub = catalog_service_pb2_grpc.CatalogServiceStub(channel)
        summary = import_catalog(stub, import_id, path)
        for item in items_of(stub, import_id):
            print(item.line, item.sku, state_pb2.ItemState.Name(item.state),
                  item.remote_id or "-", sep="\t")
            for problem in item.problems:
                print("", problem.field,
                      error_reason_pb2.ErrorReason.Name(problem.reason),
                      problem.message, sep="\t")
    return 0 if summary.outcome == catalog.IMPORT_OUTCOME_CLEAN else 1


if __name__ == "__main__":
    qantara_client.run(main, "SERVER IMPORT_ID FILE")
