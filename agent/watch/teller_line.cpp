#include "agent/watch/teller_line.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace huxin::watch {
namespace {

namespace json = boost::json;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= kLongestTellerNumber &&
         std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '.' || c == '_' || c == '-';
         });
}

}  // namespace

Result<rule::Teller> read_teller_line(std::string_view line) {
  if (line.size() > kLongestTellerLine)
    return fail(Errc::kTooLarge, "a line has at most {} bytes", kLongestTellerLine);
  json::parse_options options;
  options.max_depth = 2;
  json::error_code broken;
  const json::value value =
      json::parse(json::string_view(line.data(), line.size()), broken, {}, options);
  if (broken || !value.is_object()) return fail(Errc::kInvalid, "a line is one JSON object");
  rule::Teller teller;
  for (const auto& member : value.get_object()) {
    std::string* const into = member.key() == "institution" ? &teller.institution
                              : member.key() == "teller"    ? &teller.teller
                              : member.key() == "terminal"  ? &teller.terminal
                                                            : nullptr;
    if (into == nullptr)
      return fail(Errc::kInvalid, "members are institution, teller and terminal");
    const json::string* const text = member.value().if_string();
    if (text == nullptr || !is_number({text->data(), text->size()})) {
      return fail(Errc::kInvalid, "each number is a string of 1 to {} of 0-9 A-Z a-z . _ -",
                  kLongestTellerNumber);
    }
    *into = std::string(text->data(), text->size());
  }
  if (value.get_object().empty()) return rule::Teller{};
  if (teller.institution.empty() || teller.teller.empty())
    return fail(Errc::kInvalid, "institution and teller are needed");
  return teller;
}

}  // namespace huxin::watch
