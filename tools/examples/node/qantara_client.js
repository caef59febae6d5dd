'use strict';
// What the three programs share: clients, texts of errors, patience.
const path = require('path');
const {setTimeout: sleep} = require('timers/promises');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

// The folder that holds qantara/v1 and google/rpc.
const PROTO = process.env.QANTARA_PROTO || path.join(__dirname, '../../../proto');
// A stream is opened anew after so long, so that none hangs for ever. It costs
// nothing: an import goes on with its next line, a watch behind its token.
const STREAM_SECONDS = 600;
// A call that is answered once.
const CALL_SECONDS = 30;
// Gives up when the server did not say anything for so long.
const LOST_SECONDS = 120;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;

const definition = protoLoader.loadSync(
    [
      'qantara/v1/catalog_service.proto',
      'qantara/v1/inventory_service.proto',
      'qantara/v1/product_service.proto',
      'google/rpc/status.proto',
      'google/rpc/error_details.proto',
    ],
    // Absent figures stay absent, 64-bit numbers become texts.
    {includeDirs: [PROTO], longs: String, enums: String, defaults: true, oneofs: true});
const api = grpc.loadPackageDefinition(definition).qantara.v1;

// A client of one service, such as 'ProductService'.
function connect(server, service) {
  return new api[service](server, grpc.credentials.createInsecure(), {
    // A peer that vanished is noticed; the server allows a ping per 10 s.
    'grpc.keepalive_time_ms': 30000,
    'grpc.keepalive_timeout_ms': 10000,
    // The channel reconnects at the pace of our attempts.
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 5000,
  });
}

function deadlineIn(seconds) {
  return {deadline: Date.now() + seconds * 1000};
}

// The reason (a value of qantara.v1.ErrorReason), the wrong fields, and how many
// milliseconds the server wants us to wait.
function detailsOf(error) {
  const found = {reason: '', fields: [], delay: 0};
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!bytes) return found;
  const status = definition['google.rpc.Status'].deserialize(bytes);
  for (const {type_url: url, value} of status.details) {
    const type = definition[url.slice(url.lastIndexOf('/') + 1)];
    const detail = type ? type.deserialize(value) : {};
    if (detail.reason) found.reason = detail.reason;
    for (const {field, description} of detail.fieldViolations ?? []) {
      found.fields.push(`${field}: ${description}`);
    }
    const {retryDelay} = detail;
    if (retryDelay) found.delay = retryDelay.seconds * 1000 + retryDelay.nanos / 1e6;
  }
  return found;
}

function errorText(error) {
  if (error.details === undefined) return error.message;  // Not of gRPC.
  const {reason, fields} = detailsOf(error);
  const code = [grpc.status[error.code], reason].filter(Boolean).join(' ');
  return [`${code}: ${error.details}`, ...fields].join('\n  ');
}

function isWorthRetrying(error) {
  const {reason} = detailsOf(error);
  if (reason === 'OVERLOADED') return true;
  const {UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL} = grpc.status;
  return [UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL].includes(error.code) &&
      reason !== 'CREDENTIALS_NEEDED';
}

// Waits between attempts: longer and longer, until something comes again, and
// never less than the server asks for.
class Patience {
  constructor() {
    this.progress();
  }

  // The server said something.
  progress() {
    this.wait = FIRST_WAIT_MS;
    this.failingSince = undefined;
  }

  // Returns when it is time to try again; throws `error` when it never is.
  async after(error) {
    const now = performance.now();
    this.failingSince ??= now;
    const pause = Math.max(this.wait * (0.5 + Math.random() / 2), detailsOf(error).delay);
    const lost = now + pause > this.failingSince + LOST_SECONDS * 1000;
    if (!isWorthRetrying(error) || lost) throw error;
    console.error('trying again after', errorText(error));
    await sleep(Math.ceil(pause));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}

// Calls a method that may be repeated, and returns its answer.
async function ask(client, method, request) {
  const patience = new Patience();
  for (;;) {
    try {
      return await new Promise((resolve, reject) => {
        client[method](request, deadlineIn(CALL_SECONDS),
            (error, answer) => error ? reject(error) : resolve(answer));
      });
    } catch (error) {
      await patience.after(error);
    }
  }
}

// Runs main(argument...) and ends the program with its exit code.
function run(main, usage) {
  const words = process.argv.slice(2);
  if (words.length !== usage.split(' ').length) {
    console.error(`usage: ${path.basename(process.argv[1])} ${usage}`);
    process.exitCode = 2;
    return;
  }
  main(...words).then((code) => {
    process.exitCode = code;
  }, (error) => {
    console.error(errorText(error));
    process.exitCode = 1;
  });
}

module.exports = {Patience, STREAM_SECONDS, ask, connect, deadlineIn, run};
