#include "policy/record/chain.hpp"

#include <algorithm>
#include <string_view>

#include "policy/base/secret.hpp"

namespace huxin::record {
namespace {

constexpr std::string_view kLinkDomain = "huxin-record-1";
constexpr std::string_view kHeadDomain = "huxin-head-1";
constexpr std::size_t kValueDigestSize = 16;

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

void append_big_endian(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

}  // namespace

Digest link_hash(ByteView previous, std::uint64_t sequence, ByteView payload) {
  Bytes text;
  text.reserve(kLinkDomain.size() + previous.size() + sizeof sequence + payload.size());
  append(text, as_bytes(kLinkDomain));
  append(text, previous);
  append_big_endian(text, sequence);
  append(text, payload);
  return sha256(text);
}

Record make_link(std::uint64_t sequence, ByteView previous, std::string payload) {
  const Digest hash = link_hash(previous, sequence, as_bytes(payload));
  Record link;
  link.set_sequence(sequence);
  link.set_previous(std::string(as_text(previous)));
  link.set_payload(std::move(payload));
  link.set_hash(std::string(as_text(hash)));
  return link;
}

Status check_link(const Record& link, std::uint64_t expected_sequence, ByteView expected_previous) {
  if (link.sequence() != expected_sequence) {
    return fail(Errc::kCorrupt, "record {} stands where {} belongs", link.sequence(),
                expected_sequence);
  }
  if (link.payload().size() > kLargestPayload) {
    return fail(Errc::kTooLarge, "record {} carries {} bytes", link.sequence(),
                link.payload().size());
  }
  if (link.previous() != as_text(expected_previous)) {
    return fail(Errc::kCorrupt, "record {} does not follow from record {}", link.sequence(),
                expected_sequence - 1);
  }
  if (link.hash() !=
      as_text(link_hash(expected_previous, expected_sequence, as_bytes(link.payload())))) {
    return fail(Errc::kCorrupt, "record {} was changed: its hash does not hold", link.sequence());
  }
  return {};
}

Bytes head_statement(std::uint64_t sequence, ByteView hash) {
  Bytes text;
  append(text, as_bytes(kHeadDomain));
  append_big_endian(text, sequence);
  append(text, hash);
  return text;
}

Bytes value_digest(ByteView key, std::string_view element, std::string_view value) {
  Secret text(element.size() + 1 + value.size());
  const std::span<std::uint8_t> out = text.writable();
  std::ranges::copy(as_bytes(element), out.begin());
  std::ranges::copy(as_bytes(value), out.begin() + static_cast<std::ptrdiff_t>(element.size()) + 1);
  const Digest digest = hmac_sha256(key, text.view());
  return Bytes(digest.begin(), digest.begin() + kValueDigestSize);
}

}  // namespace huxin::record
