#include "policy/detect/candidate.hpp"

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

void compact_number(std::string_view text, std::string& value) {
  for (const char c : text) {
    if (is_ascii_alnum(c)) value += ascii_upper(c);
  }
}

}  // namespace

std::string value_of(Kind kind, std::string_view text) {
  std::string value;
  value_of(kind, text, value);
  return value;
}

void value_of(Kind kind, std::string_view text, std::string& value) {
  value.clear();
  switch (kind) {
    case Kind::kName:
    case Kind::kAddress:
    case Kind::kPassword:
    case Kind::kTrack2:
    case Kind::kCreditReport:
    case Kind::kSuspicionReport:
    case Kind::kPrivateKey:
      value = text;
      return;
    case Kind::kEmail:
      for (const char c : text) value += ascii_lower(c);
      return;
    default:
      compact_number(text, value);
  }
}

}  // namespace huxin::detect
