#include "policy/known/document_prints.hpp"

#include <algorithm>

#include "policy/base/digest.hpp"
#include "policy/known/little_endian.hpp"
#include "policy/known/prints_file.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::known {
namespace {

constexpr std::size_t kBuckets = std::size_t{1} << 16U;

std::uint32_t number_of(ByteView numbers, std::size_t at) {
  return number_at<std::uint32_t>(numbers, at * 4);
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= DocumentPrints::kLongestName &&
         text::valid_utf8_prefix(name) == name.size() && std::ranges::none_of(name, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

}  // namespace

Result<DocumentPrints> DocumentPrints::open(ByteView file) {
  DocumentPrints prints;
  if (const Status read = prints.read(file); !read) return std::unexpected(read.error());
  if (const Status names = prints.check_names(); !names) return std::unexpected(names.error());
  if (const Status sorted = prints.check_prints(); !sorted) return std::unexpected(sorted.error());
  prints.index();
  return prints;
}

Status DocumentPrints::read(ByteView file) {
  using namespace prints_file;
  if (file.size() < kHeader || !as_text(file).starts_with(kMagic))
    return fail(Errc::kCorrupt, "no prints of documents: the first bytes say otherwise");
  const std::size_t documents = number_at<std::uint32_t>(file, kDocumentsAt);
  const std::size_t names = number_at<std::uint32_t>(file, kNamesAt);
  count_ = number_at<std::uint32_t>(file, kPrintsAt);
  if (documents > kMostDocuments || count_ > kMostPrints || names > documents * kLongestName)
    return fail(Errc::kCorrupt, "prints of documents have impossible dimensions");
  const std::size_t whole = kHeader + documents * 8 + names + count_ * 8;
  if (file.size() != whole) {
    return fail(Errc::kCorrupt, "prints of documents have {} bytes, their dimensions say {}",
                file.size(), whole);
  }
  salt_ = file.subspan(kSaltAt, kSaltSize);
  ByteView rest = file.subspan(kHeader);
  const auto take = [&](std::size_t size) {
    const ByteView part = rest.first(size);
    rest = rest.subspan(size);
    return part;
  };
  const ByteView totals = take(documents * 4), ends = take(documents * 4);
  for (std::size_t i = 0; i < documents; ++i) {
    totals_.push_back(number_of(totals, i));
    name_ends_.push_back(number_of(ends, i));
  }
  names_ = take(names);
  prints_ = take(count_ * 4);
  owners_ = take(count_ * 2);
  weights_ = take(count_ * 2);
  return {};
}

Status DocumentPrints::check_names() const {
  const bool ascending = std::ranges::is_sorted(name_ends_);
  if (!ascending || (name_ends_.empty() ? 0U : name_ends_.back()) != names_.size())
    return fail(Errc::kCorrupt, "names in prints of documents overlap");
  for (std::size_t i = 0; i < documents(); ++i) {
    if (!is_name(name(i)) || totals_[i] == 0)
      return fail(Errc::kCorrupt, "document {} in prints of documents has no name or no text", i);
  }
  return {};
}

Status DocumentPrints::check_prints() const {
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (entry(i).document >= documents() || (i > 0 && print_at(i - 1) > print_at(i)))
      return fail(Errc::kCorrupt, "print {} of documents is out of its order, or nobody's", i);
  }
  return {};
}

void DocumentPrints::index() {
  starts_.assign(kBuckets + 1, static_cast<std::uint32_t>(count_));
  for (std::size_t i = count_; i > 0; --i)
    starts_[print_at(i - 1) >> 16U] = static_cast<std::uint32_t>(i - 1);
  for (std::size_t bucket = kBuckets; bucket > 0; --bucket)
    starts_[bucket - 1] = std::min(starts_[bucket - 1], starts_[bucket]);
}

std::string_view DocumentPrints::name(std::size_t document) const {
  const std::size_t begin = document == 0 ? 0 : name_ends_[document - 1];
  return as_text(names_).substr(begin, name_ends_[document] - begin);
}

std::uint32_t DocumentPrints::print_at(std::size_t number) const {
  return number_of(prints_, number);
}

DocumentPrints::Entry DocumentPrints::entry(std::uint32_t number) const {
  return {number_at<std::uint16_t>(owners_, std::size_t{number} * 2),
          number_at<std::uint16_t>(weights_, std::size_t{number} * 2)};
}

std::pair<std::uint32_t, std::uint32_t> DocumentPrints::find(std::uint32_t print) const {
  std::uint32_t first = starts_[print >> 16U];
  const std::uint32_t stop = starts_[(print >> 16U) + 1];
  while (first < stop && print_at(first) < print) ++first;
  std::uint32_t last = first;
  while (last < stop && print_at(last) == print) ++last;
  return {first, last};
}

Status check_prints(ByteView file) {
  if (const auto read = DocumentPrints::open(file); !read) return std::unexpected(read.error());
  using namespace prints_file;
  const Digest digest = sha256(file.subspan(kDigestedFrom));
  if (!std::ranges::equal(digest, file.subspan(kDigestAt, digest.size())))
    return fail(Errc::kCorrupt, "prints of documents were changed: their digest does not hold");
  return {};
}

}  // namespace huxin::known
