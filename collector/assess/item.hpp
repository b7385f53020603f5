#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/domain.hpp"

namespace huxin::assess {

/// Bytes of one version of the items, or of the model.
inline constexpr std::size_t kLargestYaml = std::size_t{256} << 10U;

/// A line of items.yaml.
struct Item {
  int id = 0;
  std::vector<Domain> domains;  ///< one, or all four for an item of "all"
  int weight = 1;               ///< 1 … 3
  /// Checked from what terminals and the collector know; by hand; both.
  std::string mode;       ///< "A", "M", "H"
  std::string evaluator;  ///< empty: answered by hand
  /// Clause; the question; how it is verified, in Chinese and English.
  std::string basis, zh, en, verify_zh, verify_en;

  bool belongs(Domain domain) const;
};

/// What inspections ask, in one version. Immutable.
class Items {
 public:
  /// kInvalid names origin, line and column.
  static Result<Items> parse(std::string_view yaml, std::string_view origin);
  /// Compiled in; never fails.
  static const Items& builtin();

  const std::string& version() const { return version_; }
  const std::string& date() const { return date_; }
  const std::vector<Item>& all() const { return items_; }
  /// Null: no such id.
  const Item* find(int id) const;
  /// The source, as kept with inspections made under it.
  static std::string_view builtin_text();

 private:
  std::string version_, date_;
  std::vector<Item> items_;
};

}  // namespace huxin::assess
