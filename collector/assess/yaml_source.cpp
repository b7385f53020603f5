#include "collector/assess/yaml_source.hpp"

namespace huxin::assess {

Status read_yaml(std::string_view yaml, std::string_view origin,
                 std::span<const std::string_view> keys,
                 const std::function<void(const rule::Section&)>& read) {
  if (yaml.size() > kLargestYaml)
    return fail(Errc::kTooLarge, "{} is over {} bytes", origin, kLargestYaml);
  rule::Diagnostics diagnostics;
  if (const auto root = rule::parse_yaml(yaml, diagnostics)) {
    const rule::Section top(*root, "file", keys, diagnostics);
    top.require(keys);
    read(top);
  }
  if (!diagnostics.any_error()) return {};
  for (const rule::Diagnostic& each : diagnostics.take()) {
    if (each.error())
      return fail(Errc::kInvalid, "{}:{}:{}: {}", origin, each.line, each.column, each.message);
  }
  return fail(Errc::kInternal, "{}: an error without a diagnostic", origin);
}

std::string text_of(const rule::Section& section, std::string_view key) {
  const auto word = section.word(key);
  return word ? word->text : std::string{};
}

void each_entry(const rule::Section& section, std::string_view key,
                std::span<const std::string_view> keys,
                const std::function<void(const rule::Section&)>& read) {
  const rule::YamlNode* const list = section.find(key);
  if (list == nullptr) return;
  if (list->kind != rule::YamlNode::Kind::kList)
    return section.error(rule::Code::kWrongKind, list->place, key, "a list is wanted here");
  for (const rule::YamlNode& node : list->items)
    read(rule::Section(node, std::string(key), keys, section.diagnostics()));
}

}  // namespace huxin::assess
