#pragma once
#include <array>
#include <bitset>
#include <cstddef>
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Counts distinct headings that together make up a kind of document (a credit report, a
/// suspicious-transaction report): three of them are one finding over them all. Headings are
/// numbered from 0 and fewer than 32; hits come in the order of the text.
class HeadingCounter {
 public:
  void see(int heading, const Span& span) {
    if (seen_.test(static_cast<std::size_t>(heading))) return;
    seen_.set(static_cast<std::size_t>(heading));
    if (seen_.count() == 1) all_ = span;
    all_.end = span.end;
  }

  /// The span from the first to the last distinct heading, when there are enough.
  std::optional<Span> document() const {
    return seen_.count() >= kLeast ? std::optional(all_) : std::nullopt;
  }
  std::size_t count() const { return seen_.count(); }

 private:
  static constexpr std::size_t kLeast = 3;
  std::bitset<32> seen_;
  Span all_;
};

}  // namespace huxin::detect
