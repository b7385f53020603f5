#include "policy/rule/data_file.hpp"

#include <optional>

namespace huxin::rule {

Status read_data_file(const DataFile& file, std::span<const std::string_view> keys,
                      const std::function<void(const Section&)>& read) {
  if (file.yaml.size() > file.largest)
    return fail(Errc::kTooLarge, "{} is over {} bytes", file.origin, file.largest);
  Diagnostics diagnostics;
  if (const auto root = parse_yaml(file.yaml, diagnostics)) {
    const Section top(*root, file.name, keys, diagnostics);
    top.require(keys);
    read(top);
  }
  if (!diagnostics.any_error()) return {};
  for (const Diagnostic& each : diagnostics.take()) {
    if (each.error())
      return fail(Errc::kInvalid, "{}:{}:{}: {}", file.origin, each.line, each.column,
                  each.message);
  }
  return fail(Errc::kInternal, "{}: an error without a diagnostic", file.origin);
}

std::string text_of(const Section& section, std::string_view key) {
  const auto word = section.word(key);
  return word ? word->text : std::string{};
}

void each_entry(const Section& section, std::string_view key, const std::string& name,
                std::span<const std::string_view> keys,
                const std::function<void(const Section&)>& read) {
  const YamlNode* const list = section.find(key);
  if (list == nullptr) return;
  if (list->kind != YamlNode::Kind::kList)
    return section.error(Code::kWrongKind, list->place, key, "a list is wanted here");
  for (const YamlNode& node : list->items) read(Section(node, name, keys, section.diagnostics()));
}

}  // namespace huxin::rule
