#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/detect/places.hpp"

namespace huxin::detect {

/// Digits that nothing or single spaces, hyphens and dots part: 6222 0212 3456, 2024-03-15.
struct DigitRun {
  std::size_t begin = 0;
  std::size_t end = 0;     ///< behind the last digit
  std::size_t digits = 0;  ///< how many of the bytes are digits
  bool grouped() const { return digits != end - begin; }
};

/// Looks through a text sixty-four bytes at a time and tells a handler, in the order of the text,
/// where a number, a labelled value or an e-mail address may be. Whatever else the text holds costs
/// next to nothing: positions decide here, and no patterns.
///
/// The handler is a class with
///   void run(const DigitRun&);           every maximal run of digits
///   void mark(std::size_t at);           where a mark behind a label begins: : = > | ( tab, a
///   line's
///                                        end, ： ＝ （ ｜ U+3000 为 是, and a space behind Han
///   void at_sign(std::size_t at);        '@'
///   void letter_v(std::size_t at);       'v' or 'V': VALUES of SQL may begin there
/// One thread; keeps nothing between passes.
template <class Handler>
class Sieve {
 public:
  static constexpr int kLeastRun = 6;  ///< bytes
  /// Bytes behind a character beyond ASCII in which shorter runs are told: 鲁H-JU997.
  static constexpr unsigned kNear = 6;

  Sieve(std::string_view text, Handler& handler) : text_(text), handler_(handler) {}

  /// Looks through `chunk`; a run of digits that its ends cut is told as two.
  void pass(const Span& chunk);

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kBatch = 32;  // blocks

  std::size_t fill(std::size_t at, std::size_t end);
  void tell(const Places& block, Mask next_digit, std::size_t at);
  void see_high(Mask high);
  void tell_runs(Mask inside, const Places& block, std::size_t at);
  /// The bits from which on kLeastRun are set.
  static Mask begin_long(Mask inside) {
    static_assert(kLeastRun == 6);
    const Mask three = inside & inside >> 1U & inside >> 2U;
    return three & three >> 3U;
  }
  /// The first bit of the run that reaches the block's end.
  static Mask begin_last(Mask inside) {
    const int length = std::countl_one(inside);
    return length == 0 ? 0 : Mask{1} << (64 - length);
  }
  void tell_places(Mask marks, const Places& block, std::size_t at);
  void close_run(std::size_t end);

  std::string_view text_;
  Handler& handler_;
  std::array<Places, kBatch + 1> blocks_;  ///< of a batch, and the first of the next one
  Mask after_high_ = 0;                    ///< 1: the byte before this block is beyond ASCII
  Mask near_high_ = 0;                     ///< bytes of this block at most kNear behind such a one
  Mask last_high_ = 0;                     ///< such ones among the kNear bytes before this block
  bool near_ = false;                      ///< the run begins at one of near_high_
  Mask after_digit_ = 0;                   ///< 1: the byte before this block is a digit
  Mask after_mark_ = 0;                    ///< 1: the byte before this block is a mark
  bool open_ = false;                      ///< a run goes on from the block before
  DigitRun run_;
};

template <class Handler>
void Sieve<Handler>::pass(const Span& chunk) {
  after_high_ =
      chunk.begin > 0 && static_cast<unsigned char>(text_[chunk.begin - 1]) >= 0x80 ? 1 : 0;
  after_digit_ = 0;
  last_high_ = 0;
  for (std::size_t back = 1; back <= std::min<std::size_t>(kNear, chunk.begin); ++back) {
    const bool high = static_cast<unsigned char>(text_[chunk.begin - back]) >= 0x80;
    last_high_ |= Mask{high} << (kNear - back);
  }
  after_mark_ =
      chunk.begin > 0 && std::string_view(":=>|\t\n\r").contains(text_[chunk.begin - 1]) ? 1 : 0;
  open_ = false;
  for (std::size_t at = chunk.begin; at < chunk.end;) {
    const std::size_t count = fill(at, chunk.end);
    for (std::size_t i = 0; i < count; ++i, at += kPlacesBytes)
      tell(blocks_[i], blocks_[i + 1].digits << 63U, at);
  }
  if (open_) close_run(chunk.end);
}

/// Reads the blocks of a batch at `at`, and one beyond for its first digit. The last block of a
/// chunk is read from a copy that ends with the chunk. Returns how many the batch has.
template <class Handler>
std::size_t Sieve<Handler>::fill(std::size_t at, std::size_t end) {
  const std::size_t left = (end - at + kPlacesBytes - 1) / kPlacesBytes;
  const std::size_t wanted = std::min(left, kBatch + 1);
  const std::size_t readable = std::min(end, text_.size() - std::min(text_.size(), kPlacesAhead));
  const std::size_t whole = std::min(wanted, (std::max(readable, at) - at) / kPlacesBytes);
  find_places(text_.data() + at, whole, blocks_.data());
  for (std::size_t i = whole; i < wanted; ++i) {
    std::array<char, kPlacesBytes + kPlacesAhead> tail{};
    const std::size_t begin = at + i * kPlacesBytes;
    text_.copy(tail.data(), std::min(tail.size(), end - begin), begin);
    find_places(tail.data(), 1, &blocks_[i]);
    if (end - begin < kPlacesBytes) break;
  }
  if (wanted <= kBatch) blocks_[wanted] = {};
  return std::min(left, kBatch);
}

template <class Handler>
void Sieve<Handler>::tell(const Places& block, Mask next_digit, std::size_t at) {
  see_high(block.high);
  if (block.digits != 0 || open_) {
    const Mask inside = block.digits | (block.joints & (block.digits << 1U | after_digit_) &
                                        (block.digits >> 1U | next_digit));
    tell_runs(inside, block, at);
  }
  const Mask all_marks = block.marks | (block.spaces & (block.high << 1U | after_high_));
  const Mask marks = all_marks & ~(all_marks << 1U | after_mark_);
  after_mark_ = all_marks >> 63U;
  after_digit_ = block.digits >> 63U;
  after_high_ = block.high >> 63U;
  if ((marks | block.ats | block.vees) != 0) tell_places(marks, block, at);
}

template <class Handler>
void Sieve<Handler>::see_high(Mask high) {
  near_high_ = 0;
  if ((high | last_high_) == 0) return;
  const Mask behind = high << 1U | high << 2U | high << 3U;
  near_high_ = behind | behind << 3U;
  for (unsigned i = 0; i < kNear; ++i) near_high_ |= Mask{last_high_ >> i != 0} << i;
  last_high_ = high >> (64 - kNear);
}

template <class Handler>
void Sieve<Handler>::tell_runs(Mask inside, const Places& block, std::size_t at) {
  if (open_) {
    const int length = std::countr_one(inside);
    const Mask part = length == 64 ? ~Mask{0} : (Mask{1} << length) - 1;
    run_.digits += static_cast<std::size_t>(std::popcount(block.digits & part));
    if (length == 64) return;
    close_run(at + static_cast<std::size_t>(length));
    inside &= ~part;
  }
  Mask begins = inside & ~(inside << 1U);
  if ((block.high | near_high_) == 0) begins &= begin_long(inside) | begin_last(inside);
  for (; begins != 0; begins &= begins - 1) {
    const int begin = std::countr_zero(begins);
    const int length = std::countr_one(inside >> begin);
    const Mask part = (length == 64 ? ~Mask{0} : (Mask{1} << length) - 1) << begin;
    const int end = begin + length;
    near_ = (near_high_ >> begin & 1U) != 0;
    if (length < kLeastRun && end < 64 && (block.high >> end & 1U) == 0 && !near_) continue;
    run_ = {.begin = at + static_cast<std::size_t>(begin),
            .digits = static_cast<std::size_t>(std::popcount(block.digits & part))};
    if (end == 64) {
      open_ = true;
      return;
    }
    close_run(at + static_cast<std::size_t>(end));
  }
}

template <class Handler>
void Sieve<Handler>::tell_places(Mask marks, const Places& block, std::size_t at) {
  for (Mask places = marks | block.ats | block.vees; places != 0; places &= places - 1) {
    const auto place = static_cast<std::size_t>(std::countr_zero(places));
    if ((block.ats >> place & 1U) != 0) {
      handler_.at_sign(at + place);
    } else if ((block.vees >> place & 1U) != 0) {
      handler_.letter_v(at + place);
    } else {
      handler_.mark(at + place);
    }
  }
}

template <class Handler>
void Sieve<Handler>::close_run(std::size_t end) {
  open_ = false;
  run_.end = end;
  const bool high = end < text_.size() && static_cast<unsigned char>(text_[end]) >= 0x80;
  if (end - run_.begin >= kLeastRun || high || near_) handler_.run(run_);
}

}  // namespace huxin::detect
