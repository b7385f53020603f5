#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::review {

/// One thing a procedure asks for. Texts are one sentence each, shown as they are.
struct Step {
  std::string id;  ///< within the file: "unexpected_pan.retrieve"
  std::string zh, en;
};

/// A procedure that a case has to go through. Every field is required in the file and none is
/// empty.
struct Checklist {
  std::string id, zh, en;
  /// The clause it follows; where that was read; on which day it was last compared.
  std::string clause, source, checked;
  /// Element numbers of policy/catalog, D40 as 40.
  std::vector<std::uint32_t> elements;  ///< any of these in an incident calls for it
  std::vector<Step> steps;
};

/// Procedures as checklists.yaml states them. Immutable; share freely. The file is the bank's to
/// edit before a build; it is not read from disk at run time.
class Checklists {
 public:
  /// kInvalid names origin, line, column and what is wrong. kTooLarge over 1 MiB. Step ids are
  /// unique in the whole file, since cases keep them.
  static Result<Checklists> parse(std::string_view yaml, std::string_view origin);
  /// Parsed at the first call, thread-safe; lives as long as the program.
  static const Checklists& builtin();

  /// What incidents call for, together. In the order of the file, each once; the pointers live as
  /// long as this object. Incidents in the list's short form suffice: only their counts are looked
  /// at.
  std::vector<const Checklist*> called_for(const std::vector<record::Incident>& incidents) const;

 private:
  std::vector<Checklist> checklists_;
};

}  // namespace huxin::review
