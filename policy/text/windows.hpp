#pragma once
#include <cstddef>
#include <optional>

#include "policy/base/bytes.hpp"
#include "policy/text/decode.hpp"

namespace huxin::text {

/// Bytes of a text handled at once: bounds a worker's memory whatever the size of the file.
inline constexpr std::size_t kWindow = std::size_t{4} << 20U;

/// One decoded stretch of a text, cut at a line's end. `decoded.origin` maps to the whole file.
struct Window {
  Decoded decoded;
  std::size_t line = 0;  ///< 0-based number of its first line in the file
};

/// Says where a window that would end at `limit` may be cut: behind a line's end if there is one,
/// else behind a blank, else at a character's boundary. Never 0 for content longer than 4 bytes. In
/// bytes. All of the content if it is no longer than `limit`. Looks at no more than one byte beyond
/// `limit`, so that a stream is cut where a file is.
std::size_t cut_at_line(ByteView content, std::size_t limit, Encoding encoding);

/// Decodes a text window by window. Undecodable bytes are replaced; where a window of what was
/// taken for UTF-8 has some, its encoding is guessed anew. The windows depend on the text alone,
/// not on how much of it is there when the next one is asked for.
class WindowReader {
 public:
  explicit WindowReader(Encoding encoding, std::size_t size = kWindow)
      : encoding_(encoding), size_(size) {}

  /// The next window out of what follows the last one; nullopt when more has to come first.
  std::optional<Window> next(ByteView rest);
  /// The same at the text's end; nullopt when nothing is left.
  std::optional<Window> last(ByteView rest);
  /// Where in the text the next window begins.
  std::size_t begin() const { return begin_; }

 private:
  Window cut(ByteView bytes);
  Decoded decoded(ByteView bytes);

  Encoding encoding_;
  std::size_t size_;
  std::size_t begin_ = 0;
  std::size_t line_ = 0;
};

}  // namespace huxin::text
