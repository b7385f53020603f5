// Text given to the readers of destruction certificates and of the statements inside.
#include <cstdlib>

#include "certs/destruction/certificate.hpp"

using namespace huxin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = as_text({data, size});
  (void)destruction::parse(input);
  if (destruction::verify(input, {}, {})) std::abort();  // there is no root
  const auto statement = order::statement_from(input);
  if (!statement) return 0;
  const auto text = order::to_json(*statement);
  if (!text) return 0;  // longer than it was
  if (order::statement_from(*text).value() != *statement) std::abort();
  return 0;
}
