#include "policy/bundle/digest_list.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "policy/bundle/bundle.pb.h"

namespace huxin::bundle {
namespace {

/// How "without end" travels; Time's own maximum depends on its width.
constexpr std::int64_t kNoEnd = 0;

auto order_of(const DigestEntry& entry) {
  return std::tie(entry.digest, entry.from, entry.until, entry.purpose);
}

Status check(const std::vector<DigestEntry>& entries) {
  if (entries.size() > DigestList::kMostEntries) {
    return fail(Errc::kTooLarge, "a digest list has {} entries, {} at most", entries.size(),
                DigestList::kMostEntries);
  }
  for (const DigestEntry& entry : entries) {
    if (entry.until <= entry.from)
      return fail(Errc::kInvalid, "an entry of a digest list ends before it begins");
    if (entry.purpose.size() > DigestList::kLongestPurpose) {
      return fail(Errc::kTooLarge, "a purpose in a digest list has {} bytes, {} at most",
                  entry.purpose.size(), DigestList::kLongestPurpose);
    }
  }
  return {};
}

bool agrees(const wire::DigestList& message) {
  const auto count = static_cast<std::size_t>(message.from_ms_size());
  return message.digests().size() == count * sizeof(ValueDigest) &&
         static_cast<std::size_t>(message.until_ms_size()) == count &&
         static_cast<std::size_t>(message.purpose_of_size()) == count;
}

Result<DigestEntry> entry_at(const wire::DigestList& message, int at) {
  DigestEntry entry;
  const std::size_t offset = static_cast<std::size_t>(at) * sizeof(ValueDigest);
  std::ranges::copy(
      as_bytes(std::string_view(message.digests()).substr(offset, sizeof(ValueDigest))),
      entry.digest.begin());
  entry.from = Time(std::chrono::milliseconds(message.from_ms(at)));
  const std::int64_t until = message.until_ms(at);
  entry.until = until == kNoEnd ? Time::max() : Time(std::chrono::milliseconds(until));
  const std::uint32_t purpose = message.purpose_of(at);
  if (purpose > static_cast<std::uint32_t>(message.purposes_size()))
    return fail(Errc::kCorrupt, "a digest list names a purpose that it does not have");
  if (purpose > 0) entry.purpose = message.purposes(static_cast<int>(purpose) - 1);
  return entry;
}

}  // namespace

Result<DigestList> DigestList::make(std::vector<DigestEntry> entries) {
  if (Status fit = check(entries); !fit) return std::unexpected(fit.error());
  std::ranges::sort(entries, {}, order_of);
  entries.erase(std::ranges::unique(entries).begin(), entries.end());
  std::set<std::string_view> purposes;
  for (const DigestEntry& entry : entries) purposes.insert(entry.purpose);
  if (purposes.size() > kMostPurposes) {
    return fail(Errc::kTooLarge, "a digest list has {} purposes, {} at most", purposes.size(),
                kMostPurposes);
  }
  return DigestList(std::move(entries));
}

Result<DigestList> DigestList::parse(ByteView bytes) {
  wire::DigestList message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !agrees(message))
    return fail(Errc::kCorrupt, "a digest list is malformed");
  if (static_cast<std::size_t>(message.from_ms_size()) > kMostEntries ||
      static_cast<std::size_t>(message.purposes_size()) > kMostPurposes) {
    return fail(Errc::kTooLarge, "a digest list has {} entries and {} purposes, {} and {} at most",
                message.from_ms_size(), message.purposes_size(), kMostEntries, kMostPurposes);
  }
  std::vector<DigestEntry> entries;
  entries.reserve(static_cast<std::size_t>(message.from_ms_size()));
  for (int i = 0; i < message.from_ms_size(); ++i) {
    auto entry = entry_at(message, i);
    if (!entry) return std::unexpected(entry.error());
    entries.push_back(*std::move(entry));
  }
  if (!std::ranges::is_sorted(entries, {}, order_of))
    return fail(Errc::kCorrupt, "a digest list is not sorted");
  if (Status fit = check(entries); !fit) return fail(Errc::kCorrupt, "{}", fit.error().context);
  return DigestList(std::move(entries));
}

Bytes DigestList::serialise() const {
  wire::DigestList message;
  std::map<std::string_view, std::uint32_t> purposes;
  for (const DigestEntry& entry : entries_) {
    message.mutable_digests()->append(as_text(entry.digest));
    message.add_from_ms(entry.from.time_since_epoch().count());
    message.add_until_ms(entry.until == Time::max() ? kNoEnd
                                                    : entry.until.time_since_epoch().count());
    std::uint32_t purpose = 0;
    if (!entry.purpose.empty()) {
      const auto [place, is_new] =
          purposes.emplace(entry.purpose, static_cast<std::uint32_t>(message.purposes_size()) + 1);
      if (is_new) message.add_purposes(entry.purpose);
      purpose = place->second;
    }
    message.add_purpose_of(purpose);
  }
  const std::string text = message.SerializeAsString();
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

Standing DigestList::at(ByteView digest, Time now) const {
  ValueDigest wanted{};
  if (digest.size() != wanted.size()) return Standing::kAbsent;
  std::ranges::copy(digest, wanted.begin());
  const auto same = std::ranges::equal_range(entries_, wanted, {}, &DigestEntry::digest);
  if (same.empty()) return Standing::kAbsent;
  const bool holds = std::ranges::any_of(
      same, [&](const DigestEntry& entry) { return entry.from <= now && now < entry.until; });
  return holds ? Standing::kInForce : Standing::kNotInForce;
}

}  // namespace huxin::bundle
