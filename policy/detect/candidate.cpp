#include "policy/detect/candidate.hpp"

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

std::string compact_number(std::string_view text) {
  std::string value;
  value.reserve(text.size());
  for (const char c : text) {
    if (is_ascii_alnum(c)) value += ascii_upper(c);
  }
  return value;
}

}  // namespace

std::string value_of(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::kName:
    case Kind::kAddress:
    case Kind::kPassword:
    case Kind::kTrack2:
    case Kind::kCreditReport:
    case Kind::kSuspicionReport:
    case Kind::kPrivateKey:
      return std::string(text);
    case Kind::kEmail: {
      std::string value(text);
      for (char& c : value) c = ascii_lower(c);
      return value;
    }
    default:
      return compact_number(text);
  }
}

}  // namespace huxin::detect
