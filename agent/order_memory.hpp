#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/journal/journal.hpp"
#include "agent/order_memory.pb.h"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"

namespace huxin::agent {

/// Remembers every order that was accepted or answered, in the journal's database, so that none is
/// carried out twice and none is forgotten half done. Thread-safe, as the journal is.
class OrderMemory {
 public:
  /// Answered orders beyond this many are forgotten, oldest first. None of them can be carried out
  /// again: an order is valid for 90 days, and so many do not come in that time.
  static constexpr std::size_t kMost = 20'000;

  explicit OrderMemory(journal::Journal& journal) : journal_(journal) {}

  Result<std::optional<RememberedOrder>> find(ByteView id);
  /// The intent, on disk before anything is done.
  Status keep(ByteView id, const RememberedOrder& order);
  /// Ids and contents of what was begun and not answered, oldest first.
  Result<std::vector<std::pair<Bytes, RememberedOrder>>> open();
  /// Forgets the oldest answered orders over kMost.
  Status prune();

  /// Where an order is remembered, and as what once it is answered: for Recorder::order_result.
  static std::string name_of(ByteView id);
  static std::string answered(Time begun);

 private:
  journal::Journal& journal_;
};

}  // namespace huxin::agent
