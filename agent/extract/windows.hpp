#pragma once
#include <functional>

#include "agent/extract/extraction.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract {

/// Bytes of a text handled at once: bounds a worker's memory whatever the size of the file.
inline constexpr std::size_t kWindow = std::size_t{4} << 20U;

/// One decoded stretch of a text, cut at a line's end. `decoded.origin` maps to the whole file.
struct Window {
  text::Decoded decoded;
  std::size_t line = 0;  ///< 0-based number of its first line in the file
};

/// Decodes a text window by window, until its end or until the extraction is stopped. Undecodable
/// bytes are replaced; that alone is no loss. Looks at the clock after each window.
void for_each_window(ByteView content, text::Encoding encoding, Extraction& extraction,
                     const std::function<void(Window&&)>& use);

/// Says where a window that would end at `limit` may be cut: behind a line's end if there is one,
/// else behind a blank, else at a character's boundary. Never 0 for content longer than 4 bytes. In
/// bytes. All of the content if it is no longer than `limit`.
std::size_t cut_at_line(ByteView content, std::size_t limit, text::Encoding encoding);

}  // namespace huxin::extract
