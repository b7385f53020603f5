#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/rule/event.hpp"

namespace huxin::rule {

/// One requirement of law or standard, in short. A reference for compliance readers, not legal
/// advice. All but domains are one line of text and not empty.
struct Clause {
  std::string id;      ///< "K08"
  std::string stage;   ///< "collect", "use", "store", "destroy" or "all"
  std::string source;  ///< "JR/T 0171-2020 6.1.1"
  std::string zh, en;  ///< one short sentence each
  /// "credit", "payment", "aml", "it", "all"; may be empty.
  std::vector<std::string> domains;
  std::string checked;  ///< the date the entry was last held against its source, 2026-11-23
};

/// Answers what a clause id stands for. Immutable after parsing; share freely. Nothing prints a
/// clause that is not in here.
class Clauses {
 public:
  /// Reads clauses.yaml (at most 1 MiB); kInvalid names origin, line and what is wrong. kTooLarge
  /// over the size. Every key is required; an id stands once.
  static Result<Clauses> parse(std::string_view yaml, std::string_view origin);
  /// The file shipped with the program. Parsed at the first call, thread-safe; lives as long as the
  /// program.
  static const Clauses& builtin();

  /// The clause of an id, or nullptr. Lives as long as this object.
  const Clause* find(std::string_view id) const;
  /// All, in the order of their ids.
  const std::map<std::string, Clause, std::less<>>& all() const { return clauses_; }
  /// Said wherever clauses are shown. That this is a reference and no legal advice.
  const std::string& notice_zh() const { return notice_zh_; }
  const std::string& notice_en() const { return notice_en_; }

 private:
  std::map<std::string, Clause, std::less<>> clauses_;
  std::string notice_zh_, notice_en_;
};

}  // namespace huxin::rule
