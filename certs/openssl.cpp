#include "certs/openssl.hpp"

#include <openssl/err.h>

namespace huxin::certs {

std::unexpected<Error> fail_openssl(Errc code, std::string_view what) {
  const unsigned long last = ERR_peek_last_error();
  const char* const reason = last == 0 ? nullptr : ERR_reason_error_string(last);
  ERR_clear_error();
  return fail(code, "{}: {}", what, reason == nullptr ? "refused" : reason);
}

}  // namespace huxin::certs
