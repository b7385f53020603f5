#pragma once
#include <cstdint>
#include <string>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Appends UTF-16LE as UTF-8. A surrogate without its other half becomes U+FFFD; an odd last byte
/// is dropped.
void append_utf16(std::string& out, ByteView bytes);
std::string from_utf16(ByteView bytes);

/// Appends bytes that each stand for the character of their number (U+0000 to U+00FF).
void append_low_bytes(std::string& out, ByteView bytes);

/// Appends Windows-1252, the "compressed" text of DOC and the ANSI text of the West.
void append_windows_1252(std::string& out, ByteView bytes);

/// Decodes text of a Windows code page: 936 and 54936 (GB18030), 950 (Big5), 1200, 1252, 65001. Of
/// any other number, or none (0), the encoding is guessed, as is that of bytes beyond ASCII that
/// claim to be 1252, which Chinese programs write without meaning it.
std::string from_code_page(ByteView bytes, std::uint32_t page);

}  // namespace huxin::extract
