#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::retention {

/// A span of the calendar. count is 1 to 1,000 with days, months and years, else 0.
struct Term {
  enum class Unit : std::uint8_t {
    kNone,  ///< no minimum runs
    kDays,
    kMonths,
    kYears,
    kOpen,  ///< until something happens that no file tells of
  };
  Unit unit = Unit::kNone;
  int count = 0;
  bool operator==(const Term&) const = default;
};

/// What a term rests on: a law, somebody's hold, or the bank's own choice within the law.
enum class Basis : std::uint8_t { kStatute, kHold, kConfigurable };

/// One kind of record: how long it is kept at least, and how a file is known to be one. Groups of
/// `means` must all be met, each by one of its elements.
struct Record {
  std::string id;
  std::string zh, en;
  Term keep;
  Basis basis = Basis::kStatute;
  bool at_once = false;              ///< must not be kept at all
  std::string starts_zh, starts_en;  ///< from when the term counts
  /// A file is one when it holds an element of each group; empty: no element means it.
  std::vector<std::vector<catalog::ElementId>> means;
  /// The clause: "JR/T 0171-2020 6.1.5".
  std::string source;
  std::string checked;  ///< the date the entry was last held against its source
};

/// The retention table: retention.yaml, as data. Immutable after parsing; share freely.
class Table {
 public:
  /// Reads a table (at most 1 MiB); kInvalid names origin, line, column and what is wrong.
  /// kTooLarge over the size. Ids are unique; an unknown key is refused.
  static Result<Table> parse(std::string_view yaml, std::string_view origin);
  /// The file shipped with the program. Parsed at the first call, thread-safe; lives as long as the
  /// program.
  static const Table& builtin();

  const std::vector<Record>& records() const { return records_; }
  /// nullptr when there is none.
  const Record* find(std::string_view id) const;
  const std::string& notice_zh() const { return notice_zh_; }
  const std::string& notice_en() const { return notice_en_; }

 private:
  std::vector<Record> records_;
  std::string notice_zh_, notice_en_;
};

}  // namespace huxin::retention
