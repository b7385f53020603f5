#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::review {

/// One thing a procedure asks for.
struct Step {
  std::string id;  ///< within the file: "unexpected_pan.retrieve"
  std::string zh, en;
};

/// A procedure that a case has to go through.
struct Checklist {
  std::string id, zh, en;
  std::string clause, source, checked;
  std::vector<std::uint32_t> elements;  ///< any of these in an incident calls for it
  std::vector<Step> steps;
};

/// Procedures as checklists.yaml states them. Immutable; share freely.
class Checklists {
 public:
  /// kInvalid names origin, line, column and what is wrong.
  static Result<Checklists> parse(std::string_view yaml, std::string_view origin);
  static const Checklists& builtin();

  /// What incidents call for, together.
  std::vector<const Checklist*> called_for(const std::vector<record::Incident>& incidents) const;

 private:
  std::vector<Checklist> checklists_;
};

}  // namespace huxin::review
