#include "agent/extract/mail/cms.hpp"

#include <algorithm>
#include <string_view>

#include "agent/extract/formats.hpp"
#include "agent/extract/mail/mail.hpp"

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;

constexpr std::uint8_t kEndOfContents = 0x00;
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kOctets = 0x04;
constexpr std::uint8_t kConstructedOctets = 0x24;
constexpr std::uint8_t kOid = 0x06;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t kExplicit = 0xA0;

constexpr std::string_view kPkcs7 = "\x2A\x86\x48\x86\xF7\x0D\x01\x07"sv;  // 1.2.840.113549.1.7
constexpr std::string_view kAuthEnveloped = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"sv;
constexpr char kSignedData = 2;
constexpr char kEnvelopedData = 3;
constexpr char kEncryptedData = 6;

/// Walks BER (X.690, 8.1) without building a tree: goes into what it is told to, passes over the
/// rest.
class BerReader {
 public:
  explicit BerReader(ByteView content) : rest_(content) {}

  /// The tag of what comes next; nullopt at the end.
  std::optional<std::uint8_t> peek() const {
    return rest_.empty() ? std::nullopt : std::optional(rest_[0]);
  }
  /// Passes over tag and length; goes into what has that tag.
  bool enter(std::uint8_t tag) { return header(tag).has_value(); }
  /// Takes what has that tag and a length; as much as is there.
  std::optional<ByteView> take(std::uint8_t tag) {
    const auto length = header(tag);
    if (!length || *length == kIndefinite) return std::nullopt;
    cut_ = *length > rest_.size();
    const ByteView value = rest_.first(std::min(*length, rest_.size()));
    rest_ = rest_.subspan(value.size());
    return value;
  }
  /// What was taken last is shorter than it says.
  bool cut() const { return cut_; }

 private:
  static constexpr std::size_t kIndefinite = SIZE_MAX;

  std::optional<std::size_t> header(std::uint8_t tag) {
    if (rest_.size() < 2 || rest_[0] != tag) return std::nullopt;
    std::size_t length = rest_[1];
    rest_ = rest_.subspan(2);
    if (length < 0x80) return length;
    if (length == 0x80) return kIndefinite;
    const std::size_t bytes = length - 0x80;
    if (bytes > 4 || bytes > rest_.size()) return std::nullopt;
    length = 0;
    for (const std::uint8_t byte : rest_.first(bytes)) length = length << 8U | byte;
    rest_ = rest_.subspan(bytes);
    return length;
  }

  ByteView rest_;
  bool cut_ = false;
};

}  // namespace

std::optional<CmsKind> cms_kind(ByteView content) {
  BerReader reader(content);
  if (!reader.enter(kSequence)) return std::nullopt;
  const auto oid = reader.take(kOid);
  if (!oid || reader.peek() != kExplicit) return std::nullopt;
  const std::string_view type = as_text(*oid);
  if (type == kAuthEnveloped) return CmsKind::kEncrypted;
  if (type.size() != kPkcs7.size() + 1 || !type.starts_with(kPkcs7)) return std::nullopt;
  if (type.back() == kSignedData) return CmsKind::kSigned;
  if (type.back() == kEnvelopedData || type.back() == kEncryptedData) return CmsKind::kEncrypted;
  return std::nullopt;
}

std::optional<Bytes> signed_content(ByteView content, bool& complete) {
  complete = true;
  BerReader reader(content);
  const bool there = reader.enter(kSequence) && reader.take(kOid) && reader.enter(kExplicit) &&
                     reader.enter(kSequence) && reader.take(kInteger) && reader.take(kSet) &&
                     reader.enter(kSequence) && reader.take(kOid);
  if (!there) return std::nullopt;
  Bytes joined;
  if (reader.peek() != kExplicit) return joined;
  reader.enter(kExplicit);
  // In one piece, or in pieces that may hold pieces; what has no length has an end instead.
  for (auto tag = reader.peek(); tag && complete; tag = reader.peek()) {
    if (tag == kConstructedOctets || tag == kEndOfContents) {
      complete = reader.enter(*tag);
    } else if (tag == kOctets) {
      const auto piece = reader.take(kOctets);
      complete = piece && !reader.cut();
      if (piece) joined.insert(joined.end(), piece->begin(), piece->end());
    } else {
      break;
    }
  }
  return joined;
}

void read_cms(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  if (cms_kind(content) == CmsKind::kEncrypted) return extraction.lose("encrypted");
  bool complete = true;
  const auto inside = signed_content(content, complete);
  if (!inside || !complete) extraction.lose("corrupt");
  if (!inside) return;
  extraction.spend(content.size(), inside->size(), inside->size());
  // S/MIME signs an entity of mail, header and all (RFC 8551, 3.1); others sign a file.
  if (looks_like_entity(as_text(*inside))) {
    read_mail(*inside, where, extraction);
  } else if (!inside->empty()) {
    read_any(*inside, where + "!signed", extraction);
  }
}

}  // namespace huxin::extract
