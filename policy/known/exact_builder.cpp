#include "policy/known/exact_builder.hpp"

#include <algorithm>

#include "policy/base/digest.hpp"
#include "policy/known/exact_file.hpp"
#include "policy/known/fuse_builder.hpp"
#include "policy/known/key.hpp"
#include "policy/known/little_endian.hpp"

namespace huxin::known {
namespace {

std::uint64_t random_number() {
  return number_at<std::uint64_t>(random_bytes(sizeof(std::uint64_t)), 0);
}

constexpr std::size_t kRoom = kMostKeys + kMostKeys / 4;  // before what stands twice is taken out

}  // namespace

ExactBuilder::ExactBuilder(ByteView bank_key)
    : ExactBuilder(bank_key, random_bytes(ExactHeader::kSaltSize), random_number()) {}

ExactBuilder::ExactBuilder(ByteView bank_key, Bytes salt, std::uint64_t seed)
    : salt_(std::move(salt)), seed_(seed), digest_(derive_key(bank_key, kExactPurpose, salt_)) {}

Status ExactBuilder::add(std::uint64_t digest) {
  keys_.push_back(digest);
  if (keys_.size() < kRoom || distinct() <= kMostKeys) return {};
  return fail(Errc::kTooLarge,
              "more than {} distinct values; leave out columns, or customers of long ago",
              kMostKeys);
}

std::size_t ExactBuilder::distinct() {
  std::ranges::sort(keys_);
  const auto twice = std::ranges::unique(keys_);
  keys_.erase(twice.begin(), twice.end());
  return keys_.size();
}

Result<Bytes> ExactBuilder::build() {
  if (distinct() > kMostKeys)
    return fail(Errc::kTooLarge, "{} distinct values, {} at most", keys_.size(), kMostKeys);
  auto fuse = build_fuse(keys_, seed_);
  if (!fuse) return std::unexpected(fuse.error());
  Bytes file(ExactHeader::kSize);
  std::ranges::copy(exact_file::kMagic, file.begin());
  std::ranges::copy(salt_, file.begin() + exact_file::kSaltAt);
  put_number(file, exact_file::kKeysAt, std::uint64_t{keys_.size()});
  put_number(file, exact_file::kSeedAt, fuse->layout.seed);
  put_number(file, exact_file::kSegmentLengthAt, fuse->layout.segment_length);
  put_number(file, exact_file::kSegmentsAt, fuse->layout.segments);
  file.insert(file.end(), fuse->array.begin(), fuse->array.end());
  std::ranges::copy(sha256(ByteView(file).subspan(exact_file::kDigestedFrom)),
                    file.begin() + exact_file::kDigestAt);
  keys_ = {};
  return file;
}

}  // namespace huxin::known
