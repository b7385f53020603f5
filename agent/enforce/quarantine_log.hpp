#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/file_version.hpp"
#include "policy/base/result.hpp"

namespace huxin::enforce {

/// How far a file is on its way into the vault or out of it. The words are what the log holds:
/// never give one a new meaning.
enum class Step : std::uint8_t {
  kIntent,  ///< "intent": a copy may exist in part; the source is untouched
  kKept,  ///< "kept": the copy is whole and on disk; the source may still be there, or be set aside
  kDone,  ///< "done": the source is gone; the vault holds the file
  kAborted,     ///< "aborted": nothing of it is left in the vault
  kRelease,     ///< "release": a copy may exist at the destination, in part
  kReleased,    ///< "released": the destination holds the file; the vault may still
  kRemoved,     ///< "removed": the vault holds it no more
  kDestroying,  ///< "destroying": its copy is being destroyed, for good; part of it may be gone
};
std::string_view to_string(Step step);

/// Everything known of a file in quarantine.
struct QuarantinedFile {
  std::string id;                  ///< 32 hexadecimal digits
  std::filesystem::path original;  ///< where it was
  FileVersion version;             ///< as it was inspected and copied
  /// Given back on release, the mode without set-id bits.
  std::uint32_t uid = 0, gid = 0, mode = 0;
  std::uint64_t links = 1;  ///< more than 1: other names of the same file remain outside
  std::string digest;       ///< keyed, of the content; hex. A plain one would let guesses be tested
  Step step = Step::kIntent;
  /// From kRelease on; empty in kDestroying: it goes nowhere.
  std::filesystem::path release_to;
  std::string incident;  ///< hex; what it was taken for; empty: nobody waits to hear of it
  bool told = true;      ///< is the outcome of that incident recorded?
};

/// Writes a step as one line: "step id field… checksum\n", fields separated by a blank, paths in
/// hex. The checksum (first 8 bytes of SHA-256 over what is before it) tells a line cut short by a
/// crash.
std::string format_step(const QuarantinedFile& file);

/// Reads a log back: the last step of every file, in order of appearance. A broken last line is a
/// crash and is left out; a broken line before it is kCorrupt.
Result<std::vector<QuarantinedFile>> parse_log(std::string_view text);

}  // namespace huxin::enforce
