#!/usr/bin/env node
'use strict';
// Changes the selling price of a product, and nothing else.
//
//     update_product.js SERVER REQUEST_ID SKU PRICE
//
// REQUEST_ID is yours, such as the id of the message that wants the change. The
// same one again has no further effect and tells the same result: so a call
// whose answer was lost is repeated without fear.
const {ask, connect, run} = require('./qantara_client');

async function main(server, requestId, sku, price) {
  const client = connect(server, 'ProductService');
  // Waits until the provider has it. A deadline ends the waiting only.
  const {state, product, differences} = await ask(client, 'updateProduct', {
    requestId,
    key: {sku},
    product: {sellingPrice: price},
    updateMask: {paths: ['selling_price']},
  });
  client.close();
  console.log(sku, state, product.acknowledged.sellingPrice);
  for (const {field, sent, held} of differences) {
    console.log(`  ${field}: sent ${sent}, the provider holds ${held}`);
  }
  return differences.length > 0 ? 1 : 0;
}

run(main, 'SERVER REQUEST_ID SKU PRICE');
