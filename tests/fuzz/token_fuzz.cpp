// An enrolment token is read as 16 bytes or refused, and what is read writes back the same.
#include <cstdlib>

#include "certs/base64url.hpp"
#include "certs/token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = huxin::as_text({data, size});
  const auto fingerprint = huxin::certs::token_root_fingerprint(text);
  if (!fingerprint) return 0;
  if (fingerprint->size() != 16 || text.size() != 70) std::abort();
  if (!text.ends_with(huxin::certs::to_base64url(*fingerprint))) std::abort();
  return 0;
}
