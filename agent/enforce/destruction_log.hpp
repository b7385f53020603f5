#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/file_version.hpp"
#include "policy/base/result.hpp"
#include "policy/order/order.hpp"

namespace huxin::enforce {

/// How far a file is on its way out. The words are what the log holds: never give one a new
/// meaning.
enum class DestructionStep : std::uint8_t {
  kIntent,      ///< "intent": it is at its place, or set aside beside it; whole
  kDestroying,  ///< "destroying": set aside; what is left of it goes, whatever happens
  kGone,        ///< "gone": no more at its place, and not beside it
  kAborted,     ///< "aborted": left at its place, whole
};
std::string_view to_string(DestructionStep step);

/// Everything known of one destruction.
struct Destruction {
  std::string id;                                    ///< 32 hexadecimal digits
  std::string order;                                 ///< hex: the order it was done for
  std::filesystem::path path;                        ///< where the file was
  FileVersion version;                               ///< as it was inspected
  order::Method method = order::Method::kOverwrite;  ///< as carried out
  std::string digest;  ///< hex of the keyed digest of its content; see content_digest
  DestructionStep step = DestructionStep::kIntent;
  std::string note;   ///< what was not as wished
  bool told = false;  ///< is what became of it recorded elsewhere?
};

/// Writes a step as one line (log_line.hpp), paths and notes in hex. Ends in a line feed.
std::string format_step(const Destruction& destruction);

/// Reads a log back: the last step of each, in order of appearance. A broken last line is a crash
/// and is left out; a broken line before it is kCorrupt.
Result<std::vector<Destruction>> parse_destruction_log(std::string_view text);

}  // namespace huxin::enforce
