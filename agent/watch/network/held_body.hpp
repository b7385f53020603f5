#pragma once
#include <cstdint>
#include <string>

#include "policy/base/bytes.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {

/// Bytes held in memory, outside the heap, until somebody decided about them. Counts itself into a
/// total shared by all that are held at one time. Its place is a memfd, whose size counts against
/// the file-size limit of the process.
class HeldBody {
 public:
  /// `total` outlives the body.
  static Result<HeldBody> make(std::uint64_t& total);
  HeldBody(HeldBody&& other) noexcept;
  HeldBody& operator=(HeldBody&& other) noexcept;
  ~HeldBody();

  /// Not after seal(). What was written before an error stays.
  Status append(ByteView bytes);
  /// Reads into `space` from `offset`; the bytes read, 0 at the end.
  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> space) const;
  /// Fixes the content for ever: whoever gets the descriptor may rely on it. Against writing,
  /// shrinking and growing (F_SEAL_*).
  Status seal();

  std::uint64_t size() const { return size_; }
  int fd() const { return fd_.get(); }

 private:
  HeldBody(Fd fd, std::uint64_t& total) : fd_(std::move(fd)), total_(&total) {}

  Fd fd_;
  std::uint64_t* total_;
  std::uint64_t size_ = 0;
};

/// How far decoding goes.
struct DecodeLimits {
  std::uint64_t max_output = std::uint64_t{32} << 20U;
  std::uint64_t max_ratio = 200;  ///< out : in, beyond the first 1 MiB
};

/// Decodes a body for inspection by its Content-Encoding: gzip, x-gzip, deflate (zlib or raw).
/// kUnsupported: another one. kCorrupt: not what it says. kTooLarge: over a limit. The encoding in
/// lower case, one alone. Bytes behind the encoded stream are kCorrupt: the server might read them,
/// and nobody has. Blocks while it works.
Result<HeldBody> decode_body(const HeldBody& body, std::string_view encoding,
                             const DecodeLimits& limits, std::uint64_t& total);

}  // namespace huxin::watch
