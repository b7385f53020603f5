#include "policy/text/decode.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/text/code_page.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::text {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16leMark = "\xFF\xFE";
constexpr std::string_view kUtf16beMark = "\xFE\xFF";
constexpr std::string_view kGb18030Mark = "\x84\x31\x95\x33";

std::string_view mark_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return kUtf8Mark;
    case Encoding::kUtf16le:
      return kUtf16leMark;
    case Encoding::kUtf16be:
      return kUtf16beMark;
    case Encoding::kGb18030:
      return kGb18030Mark;
    case Encoding::kBig5:
    case Encoding::kLatin1:
    case Encoding::kBinary:
      return {};
  }
  return {};
}

/// Gathers decoded text and hands it on in bulk: appending one character after the other to the
/// text costs several times as much as decoding them.
class Sink {
 public:
  explicit Sink(Decoded& decoded) : decoded_(decoded) {}

  /// What is the same in UTF-8.
  void plain(std::string_view bytes) {
    decoded_.origin.copied(bytes.size());
    if (bytes.size() > std::min(kBulk, buffer_.size() - used_)) flush();
    if (bytes.size() > kBulk) {
      decoded_.text += bytes;
      return;
    }
    bytes.copy(buffer_.data() + used_, bytes.size());
    used_ += bytes.size();
  }

  void character(const Taken& taken, std::size_t original) {
    if (used_ + kLongestUtf8 > buffer_.size()) flush();
    const std::size_t derived =
        write_utf8(buffer_.data() + used_, taken.valid ? taken.code : U'\uFFFD');
    decoded_.replaced += taken.valid ? 0 : 1;
    decoded_.origin.replaced(derived, original);
    used_ += derived;
  }

  void flush() { decoded_.text.append(buffer_.data(), std::exchange(used_, 0)); }

 private:
  static constexpr std::size_t kBulk = 512;  // bytes that are worth a copy of their own

  Decoded& decoded_;
  std::array<char, 4096> buffer_;
  std::size_t used_ = 0;
};

/// Of a mapped file the bytes may change under way: what is judged is the copy that is kept.
void decode_utf8(std::string_view mapped, Decoded& decoded) {
  decoded.text.assign(mapped);
  std::size_t valid = valid_utf8_prefix(decoded.text);
  if (valid == mapped.size()) return;  // the usual case leaves the map empty: the identity
  const std::string held = std::exchange(decoded.text, {});
  std::string_view bytes = held;
  decoded.text.reserve(2 * bytes.size());  // half of it U+FFFD; what is not used is not touched
  Sink sink(decoded);
  while (!bytes.empty()) {
    if (valid > 0) sink.plain(bytes.substr(0, valid));
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    sink.character({}, 1);
    bytes.remove_prefix(1);
    valid = valid_utf8_prefix(bytes);
  }
  sink.flush();
}

/// Decodes character by character with `take`; ASCII stretches are copied whole when `ascii` says
/// that the encoding has them.
template <class Take>
void decode_characters(ByteView mapped, Decoded& decoded, bool ascii, Take take) {
  const std::string held(as_text(mapped));  // as above
  ByteView bytes = as_bytes(held);
  decoded.text.reserve(bytes.size() + bytes.size() / 2);
  Sink sink(decoded);
  while (!bytes.empty()) {
    if (const std::size_t plain = ascii ? ascii_prefix(bytes) : 0; plain > 0) {
      sink.plain(as_text(bytes.first(plain)));
      bytes = bytes.subspan(plain);
      continue;
    }
    const Taken taken = take(bytes);
    const std::size_t length = std::min(taken.length, bytes.size());
    sink.character(taken, length);
    bytes = bytes.subspan(length);
  }
  sink.flush();
}

void decode_as(ByteView bytes, Encoding encoding, Decoded& decoded) {
  switch (encoding) {
    case Encoding::kUtf8:
      decode_utf8(as_text(bytes), decoded);
      break;
    case Encoding::kGb18030:
      decode_characters(bytes, decoded, true, take_gb18030);
      break;
    case Encoding::kBig5:
      decode_characters(bytes, decoded, true, take_big5);
      break;
    case Encoding::kUtf16le:
      decode_characters(bytes, decoded, false, [](ByteView at) { return take_utf16(at, false); });
      break;
    case Encoding::kUtf16be:
      decode_characters(bytes, decoded, false, [](ByteView at) { return take_utf16(at, true); });
      break;
    case Encoding::kLatin1:
    case Encoding::kBinary:
      decode_characters(bytes, decoded, true, [](ByteView at) { return Taken{at[0], 1, true}; });
      break;
  }
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "utf-8";
    case Encoding::kGb18030:
      return "gb18030";
    case Encoding::kUtf16le:
      return "utf-16le";
    case Encoding::kUtf16be:
      return "utf-16be";
    case Encoding::kBig5:
      return "big5";
    case Encoding::kLatin1:
      return "iso-8859-1";
    case Encoding::kBinary:
      return "binary";
  }
  return "binary";
}

void prepare_decoding() {
  take_gb18030(as_bytes("\xD6\xD0"));          // two bytes
  take_gb18030(as_bytes("\x81\x30\x81\x30"));  // four bytes
  take_big5(as_bytes("\xA4\xA4"));
}

Decoded decode(ByteView bytes, Encoding encoding) {
  Decoded decoded;
  const std::string_view mark = mark_of(encoding);
  if (!mark.empty() && as_text(bytes).starts_with(mark)) {
    bytes = bytes.subspan(mark.size());
    decoded.origin.start_at(mark.size());
  }
  decode_as(bytes, encoding, decoded);
  return decoded;
}

Decoded decode(std::string bytes, Encoding encoding) {
  const bool plain = encoding == Encoding::kUtf8 && !bytes.starts_with(kUtf8Mark) &&
                     valid_utf8_prefix(bytes) == bytes.size();
  if (!plain) return decode(as_bytes(bytes), encoding);
  Decoded decoded;
  decoded.text = std::move(bytes);
  return decoded;
}

}  // namespace huxin::text
