#include "policy/detect/recognise/address.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/address_reader.hpp"

namespace huxin::detect {
namespace {

using enum AddressLevel;

constexpr std::size_t kReach = 40 * kHanBytes;      // bytes before the anchor
constexpr std::size_t kLabelReach = 4 * kHanBytes;  // 地址：位于广东省…
constexpr double kNoHouseDoubt = 0.15;
constexpr double kNoPlaceDoubt = 0.2;

// Bytes of the character before `end` that an address may go on over; 0: none.
std::size_t inner_before(std::string_view text, std::size_t begin, std::size_t end) {
  if (end <= begin) return 0;
  const char c = text[end - 1];
  const bool ascii = static_cast<unsigned char>(c) < 0x80;
  if (ascii && (is_ascii_alnum(c) || c == '-' || c == '#' || c == ' ')) return 1;
  if (end < begin + kHanBytes) return 0;
  if (!ascii && is_han(text.substr(end - kHanBytes))) return kHanBytes;
  const MarkAt mark = mark_before(text, end);
  return in(mark.mark, Mark::kOpen | Mark::kClose) ? mark.bytes : 0;
}

std::size_t stretch_begin(std::string_view text, std::size_t at, std::size_t floor) {
  std::size_t begin = at;
  while (at - begin < kReach) {
    const std::size_t bytes = inner_before(text, floor, begin);
    if (bytes == 0) break;
    begin -= bytes;
  }
  return begin;
}

// Alone in its cell, field or line: between what parts fields, and not the clauses of a sentence.
bool is_whole_field(std::string_view text, const Span& span, const Span& scope) {
  const MarkAt left = mark_before(text, span.begin);
  const MarkAt right = mark_at(text, span.end);
  return (span.begin == scope.begin || left.bytes == 1 || left.mark == Mark::kColon) &&
         (span.end >= scope.end || text[span.end] == '\n' || text[span.end] == '\r' ||
          (right.bytes == 1 && right.mark != Mark::kOpen) || right.mark == Mark::kBar);
}

bool has_detail(const AddressReader& read) {
  const bool flat = read.has(kBuilding) || read.has(kUnit) || read.has(kRoom);
  const bool house = read.has_street() || (read.has(kEstate) && read.has(kHouse));
  return (read.numbers() > 0 && house) || (read.numbers() > 1 && flat);
}

// What is taken off the confidence; nullopt: it is no address.
std::optional<double> doubt_of(const AddressReader& read, bool labelled, bool field) {
  const bool house = has_detail(read);
  if (read.known() > 0 && house) return 0;
  if (labelled && (house || read.parts() >= 3))
    return read.known() > 0 ? kNoHouseDoubt : kNoPlaceDoubt;
  if (field && read.known() > 0 && read.parts() >= 3) return kNoHouseDoubt;
  // A street, its house and a flat in it need no town.
  const bool flat = read.has(kRoad) && read.has(kHouse) && read.numbers() >= 3;
  return flat ? std::optional(kNoPlaceDoubt) : std::nullopt;
}

std::optional<Address> read_from(std::string_view text, std::size_t begin, const Span& scope,
                                 bool labelled) {
  AddressReader read(text.substr(begin, scope.end - begin));
  read.read();
  const Span span{begin, begin + read.end()};
  if (read.parts() < 2) return std::nullopt;
  const auto doubt = doubt_of(read, labelled, is_whole_field(text, span, scope));
  if (!doubt) return std::nullopt;
  return Address{.span = span, .parts = read.parts(), .doubt = *doubt};
}

bool starts_with_place(std::string_view text) {
  const auto place = catalog::place_prefix(text);
  return place && (place->full || place->province || place->prefecture);
}

// The leftmost known place between two offsets from which an address reads on beyond `at`.
std::optional<Address> from_place(std::string_view text, const Span& starts, std::size_t at,
                                  const Span& scope, bool labelled) {
  for (std::size_t begin = starts.begin; begin < starts.end;) {
    if (!is_han(text.substr(begin, scope.end - begin))) {
      ++begin;
      continue;
    }
    if (starts_with_place(text.substr(begin, scope.end - begin))) {
      auto address = read_from(text, begin, scope, labelled);
      if (address && address->span.end > at) return address;
    }
    begin += kHanBytes;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Address> recognise_address(std::string_view text, std::size_t at, const Span& scope,
                                         std::optional<std::size_t> start, std::size_t floor) {
  if (start) {
    const Span starts{*start, std::min(scope.end, *start + kLabelReach)};
    if (auto address = from_place(text, starts, *start, scope, true)) return address;
    return read_from(text, *start, scope, true);
  }
  const std::size_t begin = stretch_begin(text, at, std::max(scope.begin, floor));
  const Span starts{begin, std::min(at + 1, scope.end)};
  if (auto address = from_place(text, starts, at, scope, false)) {
    address->settled = address->span.begin == begin && inner_before(text, 0, begin) == 0;
    return address;
  }
  if (begin == floor && begin > scope.begin) return std::nullopt;  // in the midst of a stretch
  auto address = read_from(text, skip_marks(text, begin, at, Mark::kSpace), scope, false);
  return address && address->span.end > at ? address : std::nullopt;
}

}  // namespace huxin::detect
