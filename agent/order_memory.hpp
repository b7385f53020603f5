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
///
/// An order lies under the name "order/<id, hex>" as a RememberedOrder (order_memory.proto). A
/// value that does not parse is kCorrupt and concerns that order alone, except in open().
class OrderMemory {
 public:
  /// Answered orders beyond this many are forgotten, oldest first. None of them can be carried out
  /// again: an order is valid for 90 days, and so many do not come in that time.
  static constexpr std::size_t kMost = 20'000;

  explicit OrderMemory(journal::Journal& journal) : journal_(journal) {}

  Result<std::optional<RememberedOrder>> find(ByteView id);
  /// The intent, on disk before anything is done. Replaces what was kept of the same order.
  Status keep(ByteView id, const RememberedOrder& order);
  /// Ids and contents of what was begun and not answered, oldest first. By the time at which each
  /// was begun; one that does not parse fails all, as kCorrupt.
  Result<std::vector<std::pair<Bytes, RememberedOrder>>> open();
  /// Forgets the oldest answered orders over kMost.
  Status prune();

  /// Where an order is remembered, and as what once it is answered: for Recorder::order_result.
  static std::string name_of(ByteView id);
  /// The answered order keeps its time and loses its text, its draft too.
  static std::string answered(Time begun);

 private:
  journal::Journal& journal_;
};

}  // namespace huxin::agent
