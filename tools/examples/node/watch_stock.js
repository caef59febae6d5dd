#!/usr/bin/env node
'use strict';
// Prints the stock and then every change, each once, until it is ended.
//
//     watch_stock.js SERVER TOKEN_FILE
//
// TOKEN_FILE keeps the place where to go on: after a broken stream, a restart of
// the server, or of this program.
const fs = require('fs');
const {Patience, STREAM_SECONDS, connect, deadlineIn, run} = require('./qantara_client');

const HEARTBEAT_SECONDS = 15;

// A real service keeps the token beside its table of stock, and writes both in
// one transaction: then each change counts once, whenever it is killed.
class TokenFile {
  constructor(path) {
    this.path = path;
  }

  read() {
    return fs.existsSync(this.path) ? fs.readFileSync(this.path, 'utf8') : '';
  }

  write(token) {
    fs.writeFileSync(this.path + '.new', token);
    fs.renameSync(this.path + '.new', this.path);
  }
}

// One message, which a real service would write into its table.
function show({kind, rows, changes}) {
  const show = (...words) => console.log(words.map((word) => word || '-').join(' '));
  for (const {sku, locationId, quantity} of kind === 'rows' ? rows.levels : []) {
    show('row', sku, locationId, quantity);
  }
  for (const news of kind === 'changes' ? changes.changes : []) {
    if (news.kind === 'change' || news.kind === 'row') {
      const level = news[news.kind];
      show(news.kind, level.sku, level.locationId, level.previousQuantity, level.quantity);
    } else if (news.kind === 'removed') {
      show(news.kind, news.removed.last.sku, news.removed.last.locationId, news.removed.reason);
    } else if (news.kind === 'location') {
      show(news.kind, news.location.locationId, news.location.nameEn);
    }
  }
}

async function watchOnce(client, tokens, patience) {
  let token = tokens.read();
  let waiting = [];
  const call = client.watchInventory(
      {resumeToken: token, heartbeatInterval: {seconds: HEARTBEAT_SECONDS}},
      deadlineIn(STREAM_SECONDS));
  try {
    for await (const message of call) {
      patience.progress();
      if (message.kind === 'resyncRequired') {
        // The changes behind the token are not kept any more.
        tokens.write('');
        return;
      }
      // Without a token a snapshot or a commit is not complete: if the stream
      // breaks now, all of it comes again.
      waiting.push(message);
      if (!message.resumeToken) continue;
      if (!token) console.log('snapshot');  // What was known before counts no more.
      waiting.forEach(show);
      waiting = [];
      token = message.resumeToken;
      tokens.write(token);
    }
  } finally {
    // Else the program goes on until the deadline when a token cannot be written.
    call.cancel();
  }
  throw new Error('the watch ended without a reason');
}

async function main(server, tokenFile) {
  const client = connect(server, 'InventoryService');
  const tokens = new TokenFile(tokenFile);
  const patience = new Patience();
  for (;;) {
    try {
      await watchOnce(client, tokens, patience);
    } catch (error) {
      await patience.after(error);
    }
  }
}

run(main, 'SERVER TOKEN_FILE');
