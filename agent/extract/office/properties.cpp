#include "agent/extract/office/properties.hpp"

#include <algorithm>
#include <array>

namespace huxin::extract {
namespace {

bool is_written(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWritten = {"title",    "subject", "description",
                                                        "keywords", "keyword", "category"};
  return std::ranges::find(kWritten, name) != kWritten.end();
}

// <property name="客户经理"> of OOXML, <meta:user-defined meta:name="客户号"> of ODF.
bool is_custom(std::string_view name) { return name == "property" || name == "user-defined"; }

}  // namespace

bool is_properties(std::string_view part) {
  constexpr std::array<std::string_view, 3> kParts = {"docProps/core.xml", "docProps/app.xml",
                                                      "docProps/custom.xml"};
  return std::ranges::find(kParts, part) != kParts.end();
}

bool read_properties(const Part& part, Extraction& extraction) {
  part.beside.group("properties");
  Token token;
  std::string value;
  bool in_value = false;
  while (!extraction.stopped() && part.markup.next(token)) {
    if (token.kind == Token::Kind::kText) {
      if (in_value) append_text(value, token);
      continue;
    }
    const std::string_view name = token.local();
    if (!is_written(name) && !is_custom(name)) continue;
    in_value = token.kind == Token::Kind::kOpen && !token.empty;
    if (!in_value) part.beside.paragraph(value);
    value.clear();
    const auto custom = attribute(token.attributes, "name");
    if (in_value && is_custom(name) && custom) {
      append_decoded(value, *custom);
      value += ": ";
    }
  }
  return true;
}

}  // namespace huxin::extract
