#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::rule {

/// Where in the life of customer data something happens: 收集/使用/存储/销毁. The numbers below are
/// on disk and wire (record.proto): none is changed or reused.
enum class Stage : std::uint8_t { kCollect = 1, kUse = 2, kStore = 3, kDestroy = 4 };
/// Through which channel.
enum class Channel : std::uint8_t {
  /// Written to a watched folder, or found there: it cannot be held back any more.
  kFile = 1,
  /// Opened, and waiting for our answer.
  kFileOpen = 2,
  /// Copied, and not pasted yet.
  kClipboard = 3,
  /// About to be uploaded by HTTP or HTTPS.
  kNetwork = 4,
  /// Written to a removable medium.
  kRemovable = 5,
  /// Printed; no sensor tells of it yet.
  kPrint = 6
};
/// What is done about it, from mildest to strictest; the most restrictive of all matching rules
/// wins. Comparing the numbers compares strictness. What a channel cannot do becomes another
/// action: see effective().
enum class Action : std::uint8_t { kAllow = 1, kAudit = 2, kMask = 3, kBlock = 4, kQuarantine = 5 };
/// S1 is gravest. kNone: nothing to grade. Lower numbers are graver but for kNone, so numbers are
/// not to be compared.
enum class Severity : std::uint8_t { kNone = 0, kS4 = 4, kS3 = 3, kS2 = 2, kS1 = 1 };

std::string_view to_string(Stage);  ///< "collect", "use", "store", "destroy"
std::string_view to_string(
    Channel);  ///< "file", "file_open", "clipboard", "network", "removable", "print"
std::string_view to_string(Action);    ///< "allow", "audit", "mask", "block", "quarantine"
std::string_view to_string(Severity);  ///< "none", "S1".."S4"
/// Exactly the words above; kInvalid names any other.
Result<Stage> stage_from(std::string_view text);
Result<Channel> channel_from(std::string_view text);
Result<Action> action_from(std::string_view text);
Result<Severity> severity_from(std::string_view text);

/// Who works at the terminal, as the bank's teller front end says: operating-system accounts are
/// shared. All empty: nobody signed on. It is told by a program of the user's (watch/teller_desk)
/// and checked for its form alone.
struct Teller {
  std::string institution;  ///< number of the institution (机构号)
  std::string teller;       ///< number of the teller (柜员号)
  std::string terminal;     ///< number of the teller terminal (终端号)

  bool bound() const { return !teller.empty(); }
  bool operator==(const Teller&) const = default;
};

/// Something a sensor saw, before its content is known. Filled by agent/watch; all strings UTF-8
/// (invalid bytes replaced), all hostile. Offers no secrets: paths and names are recorded after
/// record::hide_numbers.
struct Event {
  Stage stage = Stage::kUse;
  Channel channel = Channel::kFile;
  /// UTC, by the terminal's clock, when the sensor saw it.
  Time time{};
  /// Of the process that did it.
  std::string user;     ///< account name, or "uid:1001"
  std::string process;  ///< path of the executable
  /// 0: unknown, or gone.
  std::int32_t pid = 0;
  /// Absolute, without resolving links; empty on other channels.
  std::string path;         ///< the file, for file channels
  std::string destination;  ///< host[:port] and URL path, target application, device
  std::string operation;    ///< "close_write", "moved_to", "open", "copy", "POST"; "overdue"
  Teller teller;            ///< bound to `user` at that moment
};

}  // namespace huxin::rule
