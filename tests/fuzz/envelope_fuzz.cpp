// Whatever lies in place of sealed evidence is refused without a fault: it was sealed to other
// keys.
#include <cstdlib>

#include "certs/certificate.hpp"
#include "certs/seal.hpp"

namespace {

struct Recipient {
  huxin::Bytes certificate;
  huxin::Secret key;
};

Recipient make_recipient() {
  const auto phrase = [] { return huxin::Secret(huxin::Bytes(16, 'p')); };
  const auto made = huxin::certs::make_reviewer_key("fuzz", phrase());
  if (!made) std::abort();
  return {huxin::certs::certificate_from_pem(made->certificate_pem).value(),
          std::move(huxin::certs::unlock_private_key(made->private_key_pem, phrase()).value())};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Recipient recipient = make_recipient();
  if (huxin::certs::open_envelope({data, size}, recipient.certificate, recipient.key)) std::abort();
  return 0;
}
