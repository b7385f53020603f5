#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::rule {

class Diagnostics;

/// A place in a source text, from 1; 0 where there is none.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
};

/// A value of a YAML document with the place where it stands. Plain data: no anchors, aliases or
/// tags, so that its size is bounded by that of the source. Everything is text: whether "1" is a
/// number is its reader's to say.
struct YamlNode {
  enum class Kind : std::uint8_t { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  Place place;
  std::string text;  ///< of a scalar
  /// As many as items, in the order of the source; may repeat.
  std::vector<YamlNode> keys;   ///< of a mapping, one for each item
  std::vector<YamlNode> items;  ///< of a list or mapping
};

/// Reads exactly one YAML document; none when something was wrong with it, which is then reported.
/// At most 16 levels deep (E006). The caller bounds the size of `source`. Nothing throws but
/// bad_alloc.
std::optional<YamlNode> parse_yaml(std::string_view source, Diagnostics& diagnostics);

}  // namespace huxin::rule
