#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/order/order.hpp"

namespace huxin::order {

inline constexpr std::size_t kLargestStatement = std::size_t{384} << 10U;

/// What became of one target. In JSON: "destroyed", "absent", "refused", "failed".
enum class Fate : std::uint8_t {
  kDestroyed,  ///< gone, by the method named
  kAbsent,     ///< was not there when the order came
  kRefused,    ///< left where it was, on purpose: a retention term, a hold
  kFailed,     ///< left where it was, or it is not known whether it is; the note says
};
std::string_view to_string(Fate fate);

/// A target of the order, and what became of it.
struct Item {
  std::string path;
  std::string incident;     ///< hex: it lay in quarantine; empty: it lay at `path`
  std::uint64_t bytes = 0;  ///< its size
  std::string digest;  ///< hex of the keyed digest of its content (first 16 bytes); may be empty
  std::string method;  ///< as carried out; empty: nothing was
  Fate fate = Fate::kFailed;
  /// English, with a reason for what was not done; never content.
  std::string note;
  bool operator==(const Item&) const = default;
};

/// A trace found after the destruction, or a place that could not be looked at. Found by name or by
/// digest of content; see agent/enforce/residue.hpp.
struct Residue {
  std::string path;
  std::string kind;    ///< "trash", "autosave", "recent", "thumbnail", "temporary", "backup"
  std::string result;  ///< "destroyed", "reported", "failed: …"
  bool operator==(const Residue&) const = default;
};

/// One retention clock that was asked about one target. As policy/retention said it when the order
/// was carried out.
struct ClockReading {
  std::string path;
  std::string record;   ///< the kind of record, as the table names it
  std::string source;   ///< the clause
  std::string verdict;  ///< "delete", "freeze", "hold"
  std::string until;    ///< RFC 3339; empty: none
  bool operator==(const ClockReading&) const = default;
};

/// What a terminal states about a destruction: content, method, time, executor, supervisor, result,
/// residue (JR/T 0171-2020, 6.1.6). The statement inside a destruction certificate. Times are the
/// terminal's, UTC. All of it is the terminal's word, under its signature.
struct Statement {
  std::string id;     ///< of the certificate: 32 hex digits
  std::string order;  ///< Order.id in hex
  std::string terminal;
  std::string hostname;
  /// Accounts at the collector, as the order names them.
  std::string executor;
  std::string supervisor;
  std::string reason;
  std::string method;  ///< as ordered
  Time started{};
  Time ended{};
  std::vector<Item> items;  ///< one a target, in the order's order
  std::vector<Residue> residue;
  std::uint64_t residue_unlisted = 0;  ///< traces beyond what a statement holds
  std::vector<ClockReading> clocks;
  std::string note;  ///< what destruction on this kind of disk can and cannot promise
  bool operator==(const Statement&) const = default;
};

/// Writes a statement as the JSON text that is signed. kTooLarge over kLargestStatement, kInvalid
/// for text that is not UTF-8. The same statement gives the same text: members stand in the order
/// above.
Result<std::string> to_json(const Statement& statement);
/// Reads what to_json writes, and nothing else: kInvalid, naming the member, for one that is
/// missing, unknown or of another type; kTooLarge over the limit. Meaning is not checked: agree()
/// holds it to an order.
Result<Statement> statement_from(std::string_view json);

/// Checks that a statement answers this order: id, terminal, executor, supervisor, reason, method
/// and the targets in their order. kCorrupt names the first thing in which they differ. Also
/// kCorrupt for an order that is no destruction.
Status agree(const Statement& statement, const Order& order);

}  // namespace huxin::order
