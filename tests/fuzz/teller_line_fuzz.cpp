// Any bytes as a teller front end's line: a teller that is taken has an institution and a number,
// of the characters and lengths promised.
#include <cstdint>
#include <cstdlib>

#include "agent/watch/teller_line.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const auto teller = watch::read_teller_line({reinterpret_cast<const char*>(data), size});
  if (!teller) return 0;
  if (teller->bound() == teller->institution.empty()) std::abort();
  for (const std::string* each : {&teller->institution, &teller->teller, &teller->terminal}) {
    if (each->size() > watch::kLongestTellerNumber) std::abort();
    for (const char c : *each) {
      if (c <= ' ' || c == '"' || c == '\\' || static_cast<unsigned char>(c) >= 0x7F) std::abort();
    }
  }
  return 0;
}
