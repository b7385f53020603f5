#include "agent/extract/mail/entity.hpp"

#include <utility>

#include "agent/extract/markup/markup.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLongestName = 512;  // bytes

/// Some programs write the whole field as an encoded word.
ParameterField parameter_field(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  const bool encoded = first != std::string_view::npos && body.substr(first).starts_with("=?");
  return ParameterField(encoded ? decode_field(body) : std::string(body));
}

}  // namespace

bool Entity::take(const Field& field) {
  if (same_name(field.name, "content-type")) {
    if (std::exchange(typed_, true)) return false;
    type = parameter_field(field.body);
  } else if (same_name(field.name, "content-disposition")) {
    if (std::exchange(placed_, true)) return false;
    disposition = parameter_field(field.body);
  } else if (same_name(field.name, "content-transfer-encoding")) {
    if (std::exchange(encoded_, true)) return false;
    encoding = transfer_encoding(ParameterField(field.body).value());
  }
  return true;
}

std::string Entity::name() const {
  std::string name = disposition.text("filename");
  if (name.empty()) name = type.text("name");
  std::erase_if(name, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; });
  return std::string(text::cut_utf8(name, kLongestName));
}

}  // namespace huxin::extract
