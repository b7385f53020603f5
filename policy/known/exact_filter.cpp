#include "policy/known/exact_filter.hpp"

#include <algorithm>

#include "policy/base/digest.hpp"
#include "policy/known/exact_file.hpp"
#include "policy/known/fuse_builder.hpp"
#include "policy/known/little_endian.hpp"

namespace huxin::known {

Result<ExactHeader> read_exact_header(ByteView file) {
  if (file.size() < ExactHeader::kSize || !as_text(file).starts_with(exact_file::kMagic))
    return fail(Errc::kCorrupt, "not a filter of customers: its first bytes say otherwise");
  ExactHeader header;
  const ByteView salt = file.subspan(exact_file::kSaltAt, ExactHeader::kSaltSize);
  header.salt.assign(salt.begin(), salt.end());
  header.keys = number_at<std::uint64_t>(file, exact_file::kKeysAt);
  header.layout.seed = number_at<std::uint64_t>(file, exact_file::kSeedAt);
  header.layout.segment_length = number_at<std::uint32_t>(file, exact_file::kSegmentLengthAt);
  header.layout.segments = number_at<std::uint32_t>(file, exact_file::kSegmentsAt);
  if (header.keys > kMostKeys || !header.layout.sane())
    return fail(Errc::kCorrupt, "a filter of customers has impossible dimensions");
  if (file.size() - ExactHeader::kSize != header.layout.length()) {
    return fail(Errc::kCorrupt, "a filter of customers has {} bytes, its dimensions say {}",
                file.size(), ExactHeader::kSize + header.layout.length());
  }
  return header;
}

Status check_exact(ByteView file) {
  if (const auto header = read_exact_header(file); !header) return std::unexpected(header.error());
  const Digest digest = sha256(file.subspan(exact_file::kDigestedFrom));
  if (!std::ranges::equal(digest, file.subspan(exact_file::kDigestAt, digest.size())))
    return fail(Errc::kCorrupt, "a filter of customers was changed: its digest does not hold");
  return {};
}

Result<ExactFilter> ExactFilter::open(ByteView file, const SipKey& key) {
  const auto header = read_exact_header(file);
  if (!header) return std::unexpected(header.error());
  return ExactFilter(*header, file.subspan(ExactHeader::kSize), key);
}

bool ExactFilter::contains(std::uint64_t digest) const {
  return keys_ > 0 && fuse_contains(layout_, array_, digest);
}

double confidence_after_hit(double before) {
  const double hit = before * ExactFilter::kLikelihoodRatio;
  return hit / (hit + (1 - before));
}

}  // namespace huxin::known
