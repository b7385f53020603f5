#include "collector/review/data_file.hpp"

namespace huxin::review {
namespace {

std::unexpected<Error> first_error(rule::Diagnostics& diagnostics, std::string_view origin) {
  for (const rule::Diagnostic& each : diagnostics.take()) {
    if (each.error())
      return fail(Errc::kInvalid, "{}:{}:{}: {}", origin, each.line, each.column, each.message);
  }
  return fail(Errc::kInternal, "{}: an error without a diagnostic", origin);
}

}  // namespace

Status read_data_file(std::string_view yaml, std::string_view origin,
                      std::span<const std::string_view> keys,
                      const std::function<void(const rule::Section&)>& read) {
  if (yaml.size() > kLargestDataFile)
    return fail(Errc::kTooLarge, "{} is over {} bytes", origin, kLargestDataFile);
  rule::Diagnostics diagnostics;
  const auto root = rule::parse_yaml(yaml, diagnostics);
  if (!root) return first_error(diagnostics, origin);
  const rule::Section file(*root, "file", keys, diagnostics);
  file.require(keys);
  read(file);
  if (diagnostics.any_error()) return first_error(diagnostics, origin);
  return {};
}

std::string text_of(const rule::Section& section, std::string_view key) {
  const auto word = section.word(key);
  return word ? word->text : std::string{};
}

void each_of(const rule::Section& section, std::string_view key, std::string name,
             std::span<const std::string_view> keys,
             const std::function<void(const rule::Section&)>& take) {
  const rule::YamlNode* const list = section.find(key);
  if (list == nullptr) return;
  if (list->kind != rule::YamlNode::Kind::kList) {
    section.error(rule::Code::kWrongKind, list->place, key, "a list is wanted here");
    return;
  }
  for (const rule::YamlNode& item : list->items) {
    const rule::Section entry(item, name, keys, section.diagnostics());
    entry.require(keys);
    take(entry);
  }
}

}  // namespace huxin::review
