#!/usr/bin/python3
"""Changes the selling price of a product, and nothing else.

    update_product.py SERVER REQUEST_ID SKU PRICE

REQUEST_ID is yours, such as the id of the message that wants the change. The
same one again has no further effect and tells the same result: so a call whose
answer was lost is repeated without fear.
"""
from google.protobuf import field_mask_pb2
from qantara.v1 import product_pb2, product_service_pb2, state_pb2
from qantara.v1 import product_service_pb2_grpc

import qantara_client


def main(server, request_id, sku, price):
    request = product_service_pb2.UpdateProductRequest(
        request_id=request_id,
        key=product_service_pb2.ProductKey(sku=sku),
        product=product_pb2.Product(selling_price=price),
        update_mask=field_mask_pb2.FieldMask(paths=["selling_price"]))
    with qantara_client.open_channel(server) as channel:
        stub = product_service_pb2_grpc.ProductServiceStub(channel)
        # Waits until the provider has it. A deadline ends the waiting only.
        response = qantara_client.ask(stub.UpdateProduct, request)
    print(sku, state_pb2.UpdateState.Name(response.state),
          response.product.acknowledged.selling_price)
    for difference in response.differences:
        print(f"  {difference.field}: sent {difference.sent},",
              f"the provider holds {difference.held}")
    return 1 if response.differences else 0


if __name__ == "__main__":
    qantara_client.run(main, "SERVER REQUEST_ID SKU PRICE")
