#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::assess {

/// A node of the bank's tree. All text UTF-8, at most 128 bytes, without control characters;
/// checked when it is imported.
struct Branch {
  std::string code;         ///< "3100-01": ASCII letters, digits, '.', '_', '-'; at most 32
  std::string name;         ///< "南京路支行"
  std::string parent;       ///< code; empty: the top
  std::string accountable;  ///< 一把手, who answers for it
  bool operator==(const Branch&) const = default;
};

/// Somebody who works at a branch. The number is the key; names are shown masked.
struct Staff {
  std::string number;
  std::string name;
  std::string branch;  ///< code
  std::string role;
  bool aml = false;                     ///< belongs to the anti-money-laundering group
  bool credit = false;                  ///< may query credit reports
  std::optional<std::int64_t> left_on;  ///< bank day from which on no longer employed
  bool operator==(const Staff&) const = default;

  bool employed_on(std::int64_t bank_day) const { return !left_on || bank_day < *left_on; }
};

/// The first character of a name, and a star for each further one: "张*". Characters of UTF-8;
/// empty for an empty name.
std::string masked_name(std::string_view name);

/// Which branch a terminal is of, by what its enrolment token said: a code, else a name that one
/// branch alone has. Null: unmapped. Points into `branches`.
const Branch* branch_named(const std::vector<Branch>& branches, std::string_view said);

/// The branch and every branch below it, by code. Itself first; a code that is not in the tree
/// alone.
std::vector<std::string> with_below(const std::vector<Branch>& branches, std::string_view code);

}  // namespace huxin::assess
