#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::detect {

/// One expression of a pattern set. Matches bytes: no UTF-8 mode, no start of match. Several may
/// share an id. '.' takes line ends too.
struct Pattern {
  std::uint32_t id = 0;
  std::string expression;  ///< Hyperscan's subset of PCRE
  bool caseless = false;   ///< for ASCII letters
  std::string specimen;    ///< a text that it must match, ending at its last byte: the self-test
};

/// Writes an expression that matches exactly these bytes.
std::string literal_expression(std::string_view bytes);

/// Where a pattern ended in the text scanned. Begins are not reported: asking for them costs more
/// than looking back does. `end` is the offset behind the match; the same end may be told more than
/// once.
struct Hit {
  std::uint32_t pattern;
  std::uint32_t end;
};

/// Finds every pattern of a set in one pass over a text.
///
/// Immutable once compiled; share freely between threads. Each thread brings its own Scratch. Hits
/// arrive in order of their end, may overlap, and are not yet validated. The text is not kept.
class PatternSet {
 public:
  /// Must not be scanned with before open() made it.
  PatternSet() = default;  ///< matches nothing; made by open()

  /// What became of the compiled database on disk.
  enum class Cache : std::uint8_t {
    kOff,        ///< no folder was given
    kLoaded,     ///< taken from the folder
    kStored,     ///< compiled and stored
    kReplaced,   ///< the one on disk was corrupt; compiled anew and stored over it
    kUnwritten,  ///< compiled, but it could not be stored
  };

  /// Memory of one thread's scans. Movable; must not outlive its set.
  class Scratch {
   public:
    Scratch() = default;

   private:
    friend class PatternSet;
    struct Free {
      void operator()(void* scratch) const;
    };
    std::unique_ptr<void, Free> handle_;
  };

  /// Compiles, or loads what was compiled before by the same library on the same kind of CPU from
  /// the same patterns. kInvalid names a pattern that does not compile; kInternal names one whose
  /// specimen is missed: a library that misses must not run. kUnsupported where the CPU lacks what
  /// the library needs. `cache` may be empty: nothing is kept then, and every start compiles.
  static Result<PatternSet> open(std::span<const Pattern> patterns,
                                 const std::filesystem::path& cache);

  /// kInternal when there is no memory for it.
  Result<Scratch> scratch() const;

  /// Appends the hits in `text` to `hits`. kTooLarge beyond 1 GiB. Nothing is cleared first. Throws
  /// bad_alloc when hits do not fit in memory.
  Status scan(std::string_view text, Scratch& scratch, std::vector<Hit>& hits) const;

  Cache cache() const { return cache_; }

 private:
  struct Free {
    void operator()(void* database) const;
  };

  Status self_test(std::span<const Pattern> patterns) const;

  std::unique_ptr<void, Free> database_;
  Cache cache_ = Cache::kOff;
};

std::string_view to_string(PatternSet::Cache cache);

}  // namespace huxin::detect
