#pragma once
#include <string>
#include <utility>
#include <vector>

#include "policy/rule/codes.hpp"
#include "policy/rule/load.hpp"
#include "policy/rule/yaml_tree.hpp"

namespace huxin::rule {

/// Gathers what is to be said about one policy source. Keeps the first 100 diagnostics and says
/// (W010) when there were more; an error is remembered even then. For one thread and one source;
/// the order is that in which faults were met.
class Diagnostics {
 public:
  static constexpr std::size_t kMax = 100;

  /// `message` is one English sentence without a full stop; what it takes from the source goes
  /// through in_quotes().
  void add(Code code, Place place, std::string message);
  bool any_error() const { return any_error_; }
  /// Empties it; any_error() stays as it is.
  std::vector<Diagnostic> take() { return std::move(list_); }

 private:
  std::vector<Diagnostic> list_;
  bool any_error_ = false;
};

/// Shows a word of the source in a message: quoted, cut to 40 bytes, without control characters.
std::string in_quotes(std::string_view text);

/// Names the candidate nearest to a misspelt word as " (did you mean 'x'?)"; empty when none is
/// near. At most three letters apart, fewer for short words; words over 40 bytes have no neighbour.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace huxin::rule
