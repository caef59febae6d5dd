#!/usr/bin/python3
"""Prints the stock and then every change, each once, until it is ended.

    watch_stock.py SERVER TOKEN_FILE

TOKEN_FILE keeps the place where to go on: after a broken stream, a restart of
the server, or of this program.
"""
import os
import pathlib
import sys

import grpc
from google.protobuf import duration_pb2
from qantara.v1 import inventory_service_pb2_grpc, inventory_watch_pb2
from qantara.v1 import state_pb2

import qantara_client

HEARTBEAT_SECONDS = 15


class TokenFile:
    """A real service keeps the token beside its table of stock, and writes both
    in one transaction: then each change counts once, whenever it is killed."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def read(self):
        return self.path.read_text() if self.path.exists() else ""

    def write(self, token):
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(token)
        os.replace(fresh, self.path)


def show(message):
    """One message, which a real service would write into its table."""
    for row in message.rows.levels:
        print("row", row.sku, row.location_id or "-", row.quantity or "-")
    for news in message.changes.changes:
        kind = news.WhichOneof("kind")
        if kind in ("change", "row"):
            level = getattr(news, kind)
            print(kind, level.sku, level.location_id or "-",
                  level.previous_quantity or "-", level.quantity or "-")
        elif kind == "removed":
            print(kind, news.removed.last.sku, news.removed.last.location_id or "-",
                  state_pb2.StockRemovedReason.Name(news.removed.reason))
        elif kind == "location":
            print(kind, news.location.location_id, news.location.name_en)


def watch_once(stub, tokens, patience):
    token = tokens.read()
    request = inventory_watch_pb2.WatchInventoryRequest(
        resume_token=token,
        heartbeat_interval=duration_pb2.Duration(seconds=HEARTBEAT_SECONDS))
    waiting = []
    for message in stub.WatchInventory(
            request, timeout=qantara_client.STREAM_SECONDS):
        patience.progress()
        if message.HasField("resync_required"):
            # The changes behind the token are not kept any more.
            tokens.write("")
            return
        # Without a token a snapshot or a commit is not complete: if the stream
        # breaks now, all of it comes again.
        waiting.append(message)
        if not message.resume_token:
            continue
        if not token:
            print("snapshot")  # What was known before counts no more.
        for complete in waiting:
            show(complete)
        sys.stdout.flush()
        waiting.clear()
        token = message.resume_token
        tokens.write(token)
    sys.exit("the watch ended without a reason")


def main(server, token_file):
    tokens = TokenFile(token_file)
    patience = qantara_client.Patience()
    with qantara_client.open_channel(server) as channel:
        stub = inventory_service_pb2_grpc.InventoryServiceStub(channel)
        while True:
            try:
                watch_once(stub, tokens, patience)
            except grpc.RpcError as error:
                patience.after(error)


if __name__ == "__main__":
    qantara_client.run(main, "SERVER TOKEN_FILE")
