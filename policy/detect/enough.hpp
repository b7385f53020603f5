#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/customers.hpp"
#include "policy/detect/finding.hpp"

namespace huxin::detect {

/// So much of certain elements, all of it: what one rule asks content for.
struct Demand {
  std::set<catalog::ElementId> elements;  ///< those that count; empty: all
  std::optional<catalog::Level> level;    ///< the least that counts
  std::uint64_t findings = 0;             ///< at least so many that count
  std::uint32_t customers = 0;            ///< and of so many customers
};

/// When an inspection may end early, because only a verdict is wanted: as soon as one of the
/// demands is met for certain, that is, whatever follows. Empty: it never ends for that.
struct Enough {
  std::vector<Demand> any_of;
  double min_confidence = 0;  ///< findings below it count for no demand
};

/// Watches the findings of one inspection for enough of them.
///
/// Findings are never taken back, so that a number of them is reached for good. Customers are
/// merged when a later record names two of them: only those count here of whom an identity number
/// is known, since two different ones are never one person's. Of a list without identity numbers a
/// number of customers is therefore never certain, and the inspection goes on to its end.
class EnoughWatch {
 public:
  explicit EnoughWatch(Enough enough) : enough_(std::move(enough)) {}

  /// Is it there? Looks again when a quarter more was found, so that all looks together are linear
  /// in the findings. `findings` carry nodes of `customers`.
  bool met(const std::vector<Finding>& findings, Customers& customers);
  /// The same, and looks now if anything was found since it last looked. Linear in the findings:
  /// for moments when something rests on the answer, not for every chunk of text.
  bool met_by_now(const std::vector<Finding>& findings, Customers& customers);

 private:
  bool look(const std::vector<Finding>& findings, Customers& customers);
  bool meets(const Demand& demand, const std::vector<Finding>& findings, Customers& customers);

  Enough enough_;
  bool met_ = false;
  std::size_t looked_at_ = 0, next_look_ = 0;  ///< numbers of findings
  std::vector<std::uint32_t> certain_;         ///< customers of one demand; kept for its memory
};

}  // namespace huxin::detect
