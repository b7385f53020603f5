#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "policy/rule/section.hpp"

namespace huxin::rule {

/// A table of facts in YAML: clauses, retention terms, clocks, checklists, items, a scoring model.
struct DataFile {
  std::string_view yaml;
  std::string_view origin;                      ///< what errors call it: a path or a name
  std::string name = "file";                    ///< of its top section, in messages
  std::size_t largest = std::size_t{1} << 20U;  ///< bytes
};

/// Parses a file whose top is a mapping with these keys, all required and no others allowed, and
/// has `read` take it apart; kInvalid with origin, line and column for the first thing that is
/// wrong, kTooLarge over its largest size. `read` is called once, unless the text is no YAML, and
/// may be left with half of what it wanted. YAML as policies have it: no aliases, no duplicate
/// keys.
Status read_data_file(const DataFile& file, std::span<const std::string_view> keys,
                      const std::function<void(const Section&)>& read);

/// The text of a key; empty when it is absent, or wrong, which is then reported.
std::string text_of(const Section& section, std::string_view key);

/// Hands over each entry of a list of mappings that may have these keys. A missing list has none;
/// something else than a list is reported. `name` is what messages call an entry.
void each_entry(const Section& section, std::string_view key, const std::string& name,
                std::span<const std::string_view> keys,
                const std::function<void(const Section&)>& read);

}  // namespace huxin::rule
