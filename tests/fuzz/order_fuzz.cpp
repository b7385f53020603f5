// Bytes given to the order reader, as they come and as contents that are truly signed.
#include <cstdlib>

#include "policy/frame/signed_frame.hpp"
#include "policy/order/order.hpp"

using namespace huxin;

namespace {

const frame::SigningKey& key() {
  static const frame::SigningKey made = frame::make_signing_key().value();
  return made;
}

constexpr frame::Kind kOrder{.name = "order",
                             .magic = "HUXORDR1",
                             .domain = std::string_view("huxin-order-1\0", 14),
                             .largest = order::kLargestOrder};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (order::verify(input, key().public_key)) std::abort();  // nobody signed this
  const auto framed = frame::sign(kOrder, input, key().private_key);
  if (!framed) return 0;
  const auto order = order::verify(*framed, key().public_key);
  if (!order) return 0;
  // What was taken can be signed again and means the same.
  const auto again = order::sign(*order, key().private_key);
  if (!again) std::abort();
  const auto back = order::verify(*again, key().public_key);
  if (!back || back->id != order->id || back->what.index() != order->what.index()) std::abort();
  (void)order::acceptable(*order, order->terminal, order->issued);
  return 0;
}
