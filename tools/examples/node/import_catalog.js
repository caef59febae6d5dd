#!/usr/bin/env node
'use strict';
// Imports a catalog and prints which product got which id.
//
//     import_catalog.js SERVER IMPORT_ID FILE
//
// FILE holds a qantara.v1.CatalogLine as JSON on each line, with names in
// camelCase. The same IMPORT_ID with the same FILE goes on where an earlier run
// ended, however it ended. Exit code 0: every line is created, linked, updated
// or unchanged.
const {once} = require('events');
const fs = require('fs');
const {Patience, STREAM_SECONDS, ask, connect, deadlineIn, run} = require('./qantara_client');

// A line may have 256 KiB, a message 4 MiB.
const BATCH_LINES = 15;
const PAGE_ITEMS = 1000;

function parse(text, line) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`line ${line}: ${error.message}`);
  }
}

// The lines of a file. Only '\n' ends one, as in other languages; readline takes
// what JSON may hold for an end too, such as '\r'.
async function* linesOf(file) {
  let rest = '';
  for await (const chunk of file) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest) yield rest;
}

// What is sent behind the header: the lines from `nextLine` on, and the end.
async function* requests(file, nextLine) {
  let line = 0;
  let lines = [];
  const batch = () => ({batch: {firstLine: line - lines.length + 1, lines}});
  for await (const text of linesOf(file)) {
    if (++line < nextLine) continue;
    lines.push(parse(text, line));
    if (lines.length === BATCH_LINES) {
      yield batch();
      lines = [];
    }
  }
  if (lines.length > 0) yield batch();
  yield {end: {lastLine: line}};
}

// Writes while importOnce reads; where the stream is full, waits until it is not.
async function send(call, file, nextLine, signal) {
  for await (const request of requests(file, nextLine)) {
    if (!call.write(request)) await once(call, 'drain', {signal});
  }
  call.end();
}

// Returns the summary; throws the call's error, or what is wrong with the file.
async function importOnce(client, importId, path, patience) {
  const file = fs.createReadStream(path, 'utf8');
  // Before the call: a wrong path does not leave an open import behind.
  await once(file, 'open');
  const call = client.importCatalog(deadlineIn(STREAM_SECONDS));
  const over = new AbortController();
  let acknowledged = 0;
  let summary;
  let badFile;
  call.write({header: {importId, sourceName: 'example in Node.js'}});
  try {
    for await (const {kind, opened, ack, progress, ...rest} of call) {
      if (kind === 'opened') {
        // The line behind the last one that is on disk there.
        console.error('open at line', opened.nextLine);
        send(call, file, opened.nextLine, over.signal).catch((error) => {
          if (over.signal.aborted) return;
          badFile = error;
          call.cancel();
        });
        continue;
      }
      patience.progress();
      if (kind === 'ack') acknowledged = ack.durableLine;
      if (kind === 'progress') {
        console.error(`line ${acknowledged} is on disk, ${progress.counts.queued} lines wait`);
      }
      if (kind === 'summary') summary = rest.summary;
    }
  } catch (error) {
    throw badFile ?? error;
  } finally {
    over.abort();
    call.cancel();
    file.destroy();
  }
  if (!summary) throw new Error('the stream ended without a summary');
  return summary;
}

async function importCatalog(client, importId, path) {
  const patience = new Patience();
  for (;;) {
    try {
      return await importOnce(client, importId, path, patience);
    } catch (error) {
      await patience.after(error);
    }
  }
}

// All items. Results came with the stream too, but not those of the time when it
// was broken.
async function* itemsOf(client, importId) {
  let pageToken = '';
  do {
    const page = await ask(client, 'listImportItems', {importId, pageToken, pageSize: PAGE_ITEMS});
    yield* page.items;
    pageToken = page.nextPageToken;
  } while (pageToken);
}

async function main(server, importId, path) {
  const client = connect(server, 'CatalogService');
  const summary = await importCatalog(client, importId, path);
  for await (const item of itemsOf(client, importId)) {
    console.log([item.line, item.sku, item.state, item.remoteId || '-'].join('\t'));
    for (const {field, reason, message} of item.problems) {
      console.log(['', field, reason, message].join('\t'));
    }
  }
  client.close();
  return summary.outcome === 'IMPORT_OUTCOME_CLEAN' ? 0 : 1;
}

run(main, 'SERVER IMPORT_ID FILE');
