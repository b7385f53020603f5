#pragma once
#include <optional>
#include <string>

#include "policy/command/verb.hpp"

namespace huxin::command {

/// A program whose first word is a verb; options of its own may stand before and behind the verb's.
class Program : public Verb {
 public:
  /// `about` and `footer` stand before and behind its help; `version` is what --version prints.
  Program(const std::string& name, const std::string& about, const std::string& footer,
          const std::string& version);

  /// Parses, and does what the verb that was given says. Nullopt: done. Else how the program ends
  /// without having done it: 0 after --help and --version, `wrong_use` after what is wrong was told
  /// on standard error.
  std::optional<int> parse(int argc, const char* const* argv, int wrong_use);
};

}  // namespace huxin::command
