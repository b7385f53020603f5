#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// How a part's bytes are written (RFC 2045, 6). kNone: as they are.
enum class TransferEncoding : std::uint8_t { kNone, kBase64, kQuotedPrintable, kUuencode };

/// By the value of Content-Transfer-Encoding; kNone for one that is not known.
TransferEncoding transfer_encoding(std::string_view name);

/// Decodes base64 piece by piece. What is no letter of it is passed over; padding ends a group, and
/// another may follow it.
class Base64Decoder {
 public:
  void append(std::string_view piece, std::string& out);

 private:
  std::uint32_t bits_ = 0;
  unsigned held_ = 0;  ///< bits of `bits_` that are not written yet
};

/// Decodes quoted-printable (RFC 2045, 6.7): a "=" that begins no escape stays. `underscore`: it
/// stands for a blank (RFC 2047, 4.2).
void append_quoted_printable(std::string_view text, bool underscore, std::string& out);

/// Decodes the lines of uuencode (POSIX.1), from behind "begin" to "end".
void append_uuencoded(std::string_view text, std::string& out);

/// Decodes a part, charging the extraction with what comes out; ends early when it is stopped.
std::string decode_part(std::string_view content, TransferEncoding encoding,
                        Extraction& extraction);

}  // namespace huxin::extract
