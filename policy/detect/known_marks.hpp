#pragma once
#include <memory>
#include <vector>

#include "policy/detect/customers.hpp"
#include "policy/detect/finding.hpp"
#include "policy/known/exact_filter.hpp"

namespace huxin::detect {

/// Says of findings whether the bank's own list of customers has their values. What many people
/// share (a name, an address) is known where its record holds a known number of the same customer.
///
/// One thread, one inspection; takes findings in the order of the text. Without a filter nothing is
/// known, and nothing is done.
class KnownMarks {
 public:
  explicit KnownMarks(std::shared_ptr<const known::ExactFilter> filter)
      : filter_(std::move(filter)) {}

  /// Asks for one finding, which is going to stand at the end of `findings`, or nowhere when they
  /// are cut. A number may make names before it known: those are marked in place. Looks at the four
  /// nearest known numbers and the eight nearest names of the record.
  bool see(std::vector<Finding>& findings, catalog::ElementId element, std::string_view value,
           Gap gap) {
    return filter_ != nullptr && look_up(findings, element, value, gap);
  }

  /// How many findings were known, cut ones too.
  std::uint64_t total() const { return total_; }

 private:
  /// A shared value that no number has proved yet, and where its finding stands.
  struct Unproved {
    known::Value value;
    std::size_t index = 0;
  };
  bool look_up(std::vector<Finding>& findings, catalog::ElementId element, std::string_view value,
               Gap gap);
  bool see_number(std::vector<Finding>& findings, known::Value&& value);
  bool see_shared(known::Value&& value, std::size_t index);

  std::shared_ptr<const known::ExactFilter> filter_;
  std::vector<known::Value> numbers_;
  std::vector<Unproved> unproved_;
  std::uint64_t total_ = 0;
};

}  // namespace huxin::detect
