// Bytes given to the bundle reader, as they come and as contents that are truly signed.
#include <algorithm>
#include <cstdlib>

#include "policy/bundle/bundle.hpp"

using namespace huxin;

namespace {

const bundle::SigningKey& key() {
  static const bundle::SigningKey made = bundle::make_signing_key().value();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (bundle::verify(input, key().public_key, 0)) std::abort();  // nobody signed this
  (void)bundle::verify(input, input, 0);
  bundle::Contents contents;
  contents.policy = std::string(as_text(input));
  contents.version = std::string(as_text(input.first(std::min<std::size_t>(size, 64))));
  contents.serial = size;
  const auto made = bundle::sign(contents, key().private_key);
  if (!made) return 0;
  const auto back = bundle::verify(*made, key().public_key, size);
  if (!back || back->policy != contents.policy || back->version != contents.version) std::abort();
  return 0;
}
