#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "certs/sealed_database.hpp"
#include "policy/base/clock.hpp"

namespace huxin::store {

/// Builds "WHERE … AND …" with its parameters; the text never holds a value.
/// A value of its own: no database, no lock. Conditions without a parameter go into SQL as they are
/// and must come from the program, never from a request.
class Conditions {
 public:
  using Value = std::variant<std::int64_t, std::string>;

  /// A condition without a parameter.
  void add(std::string_view condition) {
    sql_ += sql_.empty() ? " WHERE " : " AND ";
    sql_ += condition;
  }
  /// A condition with one "?": parameters are bound in the order in which conditions were added.
  void add(std::string_view condition, Value value) {
    add(condition);
    values_.push_back(std::move(value));
  }
  /// The next three add nothing for a value that is empty or unset: a filter's "any".
  void add_text(std::string_view condition, const std::string& value) {
    if (!value.empty()) add(condition, value);
  }
  void add_number(std::string_view condition, const std::optional<std::uint32_t>& value) {
    if (value) add(condition, std::int64_t{*value});
  }
  /// Milliseconds since 1970, as columns hold times.
  void add_time(std::string_view condition, const std::optional<Time>& value) {
    if (value) add(condition, std::int64_t{value->time_since_epoch().count()});
  }

  /// Empty without conditions; begins with a space otherwise, so that it can be appended to a FROM
  /// clause.
  const std::string& sql() const { return sql_; }
  /// Binds every parameter behind the `before` ones that are bound already; returns how many are.
  int bind(certs::Statement& to, int before = 0) const;

 private:
  std::string sql_;
  std::vector<Value> values_;
};

/// Makes a LIKE pattern (ESCAPE '\') that finds `text` anywhere and takes none of its characters as
/// a wildcard. LIKE takes ASCII letters of either case as equal, and no others.
std::string like_anywhere(std::string_view text);

}  // namespace huxin::store
