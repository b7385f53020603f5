#include "policy/known/prints_builder.hpp"

#include <algorithm>
#include <limits>

#include "policy/base/digest.hpp"
#include "policy/known/key.hpp"
#include "policy/known/little_endian.hpp"
#include "policy/known/prints_file.hpp"
#include "policy/known/text_fold.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::known {
namespace {

constexpr std::size_t kRoom = DocumentPrints::kMostPrints * 4;  // before what is common is dropped
constexpr std::size_t kLeastShared = 4;
constexpr std::size_t kOneIn = 20;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= DocumentPrints::kLongestName &&
         text::valid_utf8_prefix(name) == name.size() && std::ranges::none_of(name, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

template <class T>
void append(Bytes& file, T number) {
  file.resize(file.size() + sizeof number);
  put_number(file, file.size() - sizeof number, number);
}

}  // namespace

PrintsBuilder::PrintsBuilder(ByteView bank_key)
    : PrintsBuilder(bank_key, random_bytes(DocumentPrints::kSaltSize)) {}

PrintsBuilder::PrintsBuilder(ByteView bank_key, Bytes salt)
    : salt_(std::move(salt)), winnow_(derive_key(bank_key, kPrintsPurpose, salt_)) {}

Status PrintsBuilder::add(std::string_view name, std::string_view text) {
  if (!is_name(name))
    return fail(Errc::kInvalid, "a document's name is empty, over {} bytes, or holds controls",
                DocumentPrints::kLongestName);
  std::string folded;
  fold(text, folded);
  if (folded.size() < kLeastText) {
    too_short_.emplace_back(name);
    return {};
  }
  if (names_.size() == DocumentPrints::kMostDocuments)
    return fail(Errc::kTooLarge, "more than {} documents", DocumentPrints::kMostDocuments);
  names_.emplace_back(name);
  add_prints(static_cast<std::uint32_t>(names_.size() - 1), folded);
  if (prints_.size() <= kRoom) return {};
  return fail(Errc::kTooLarge, "the documents have more than {} prints; leave some out", kRoom);
}

// A print stands for the text up to the next one. One that stands twice counts once, for both.
void PrintsBuilder::add_prints(std::uint32_t document, std::string_view folded) {
  const std::size_t first = prints_.size();
  std::size_t begin = 0;
  winnow_.each_print(folded, [&](std::uint32_t print, std::size_t at) {
    if (prints_.size() > first) prints_.back().weight = static_cast<std::uint32_t>(at - begin);
    begin = at;
    prints_.push_back({print, document, 0});
  });
  if (prints_.size() > first)
    prints_.back().weight = static_cast<std::uint32_t>(folded.size() - begin);
  const auto own = std::span(prints_).subspan(first);
  std::ranges::sort(own, {}, &Print::print);
  std::size_t kept = first;
  for (std::size_t i = first + 1; i < prints_.size(); ++i) {
    if (prints_[i].print == prints_[kept].print) {
      prints_[kept].weight += prints_[i].weight;
    } else {
      prints_[++kept] = prints_[i];
    }
  }
  if (prints_.size() > first) prints_.resize(kept + 1);
}

void PrintsBuilder::add_clean(std::string_view text) {
  std::string folded;
  fold(text, folded);
  winnow_.each_print(folded, [&](std::uint32_t print, std::size_t) { clean_.insert(print); });
}

void PrintsBuilder::drop_common(PrintsReport& report, std::size_t most_shared) {
  if (most_shared == 0) most_shared = std::max(kLeastShared, names_.size() / kOneIn);
  std::ranges::sort(prints_, {}, [](const Print& p) { return std::pair(p.print, p.document); });
  std::vector<Print> own;
  for (std::size_t first = 0; first < prints_.size();) {
    std::size_t last = first;
    while (last < prints_.size() && prints_[last].print == prints_[first].print) ++last;
    if (last - first > most_shared || clean_.contains(prints_[first].print)) {
      ++report.common;
    } else {
      own.insert(own.end(), prints_.begin() + static_cast<std::ptrdiff_t>(first),
                 prints_.begin() + static_cast<std::ptrdiff_t>(last));
    }
    first = last;
  }
  prints_ = std::move(own);
}

/// Takes out documents that have too little left to be told by, and numbers the others anew.
void PrintsBuilder::drop_poor(PrintsReport& report) {
  std::vector<std::uint64_t> left(names_.size());
  for (const Print& print : prints_) left[print.document] += print.weight;
  constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> number(names_.size(), kGone);
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (left[i] < kLeastText) {
      report.nothing_own.push_back(std::move(names_[i]));
      continue;
    }
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(names_[i]));
  }
  names_ = std::move(kept);
  std::erase_if(prints_, [&](const Print& print) { return number[print.document] == kGone; });
  for (Print& print : prints_) print.document = number[print.document];
}

Bytes PrintsBuilder::file() const {
  using namespace prints_file;
  constexpr std::uint32_t kMostWeight = 0xFFFF;
  std::vector<std::uint32_t> totals(names_.size());
  for (const Print& print : prints_) totals[print.document] += std::min(print.weight, kMostWeight);
  Bytes file(kHeader);
  std::ranges::copy(kMagic, file.begin());
  std::ranges::copy(salt_, file.begin() + kSaltAt);
  for (const std::uint32_t total : totals) append(file, total);
  std::uint32_t end = 0;
  for (const std::string& name : names_)
    append(file, end += static_cast<std::uint32_t>(name.size()));
  for (const std::string& name : names_) file.insert(file.end(), name.begin(), name.end());
  for (const Print& print : prints_) append(file, print.print);
  for (const Print& print : prints_) append(file, static_cast<std::uint16_t>(print.document));
  for (const Print& print : prints_)
    append(file, static_cast<std::uint16_t>(std::min(print.weight, kMostWeight)));
  put_number(file, kDocumentsAt, static_cast<std::uint32_t>(names_.size()));
  put_number(file, kPrintsAt, static_cast<std::uint32_t>(prints_.size()));
  put_number(file, kNamesAt, end);
  std::ranges::copy(sha256(ByteView(file).subspan(kDigestedFrom)), file.begin() + kDigestAt);
  return file;
}

Result<Bytes> PrintsBuilder::build(PrintsReport& report, std::size_t most_shared) {
  report.too_short = std::move(too_short_);
  drop_common(report, most_shared);
  drop_poor(report);
  report.documents = names_.size();
  report.prints = prints_.size();
  if (prints_.size() > DocumentPrints::kMostPrints) {
    return fail(Errc::kTooLarge, "the documents have {} prints, {} at most; leave some out",
                prints_.size(), DocumentPrints::kMostPrints);
  }
  Bytes made = file();
  names_.clear();
  prints_.clear();
  return made;
}

}  // namespace huxin::known
