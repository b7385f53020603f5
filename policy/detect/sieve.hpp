#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/text/byte_block.hpp"

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
/// next to nothing; patterns do not decide here, positions do.
///
/// The handler is a class with
///   void run(const DigitRun&);           every maximal run of digits
///   void mark(std::size_t at);           where a mark between a label and its value begins:
///                                        : = > | ( tab ： ＝ （ ｜ 为 是, and a space behind Han
///   void at_sign(std::size_t at);        '@'
/// One thread; keeps nothing between passes.
template <class Handler>
class Sieve {
 public:
  Sieve(std::string_view text, Handler& handler) : text_(text), handler_(handler) {}

  /// Looks through `chunk`; what lies beyond its ends is only looked at.
  void pass(const Span& chunk);

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kBlock = text::ByteBlock::kSize;
  static constexpr std::size_t kAhead = 2;  // bytes a block looks beyond its end

  struct Block {
    Mask digits, joints, marks, ats;
  };

  Block look(const char* data);
  Mask han_marks(const text::ByteBlock& first, const char* data) const;
  void tell(const Block& block, Mask next_digit, std::size_t at);
  void tell_runs(Mask inside, Mask digits, std::size_t at);
  void tell_places(const Block& block, std::size_t at);
  void close_run(std::size_t end);

  std::string_view text_;
  Handler& handler_;
  Mask after_high_ = 0;   ///< 1: the byte before this block is beyond ASCII
  Mask after_digit_ = 0;  ///< 1: the byte before this block is a digit
  bool open_ = false;     ///< a run goes on from the block before
  DigitRun run_;
};

template <class Handler>
void Sieve<Handler>::pass(const Span& chunk) {
  std::array<char, kBlock + kAhead> tail{};
  after_high_ = after_digit_ = 0;
  if (chunk.begin > 0) {
    const char before = text_[chunk.begin - 1];
    after_high_ = static_cast<unsigned char>(before) >= 0x80 ? 1 : 0;
    after_digit_ = before >= '0' && before <= '9' ? 1 : 0;
  }
  open_ = false;
  const auto block_at = [&](std::size_t at) {
    if (at >= chunk.end) return Block{};
    if (at + kBlock <= chunk.end && at + kBlock + kAhead <= text_.size())
      return look(text_.data() + at);
    tail.fill(0);
    text_.copy(tail.data(), std::min(kBlock + kAhead, chunk.end - at), at);
    return look(tail.data());
  };
  Block block = block_at(chunk.begin);
  for (std::size_t at = chunk.begin; at < chunk.end; at += kBlock) {
    const Block next = block_at(at + kBlock);
    tell(block, next.digits << 63U, at);
    block = next;
  }
  if (open_) close_run(chunk.end);
}

template <class Handler>
auto Sieve<Handler>::look(const char* data) -> Block {
  const text::ByteBlock bytes(data);
  Block block{};
  block.digits = bytes.between('0', '9');
  block.ats = bytes.equal('@');
  block.marks = bytes.equal(':') | bytes.between('=', '>') | bytes.equal('|') | bytes.equal('(') |
                bytes.equal('\t');
  const Mask high = bytes.high();
  if (block.digits != 0 || high != 0) {
    const Mask spaces = bytes.equal(' ');
    block.joints = spaces | bytes.between('-', '.');
    block.marks |= spaces & (high << 1U | after_high_);
    if (high != 0) block.marks |= han_marks(bytes, data);
  } else {
    block.marks |= bytes.equal(' ') & after_high_;
  }
  after_high_ = high >> 63U;
  return block;
}

// ： （ ＝ ｜ U+3000 为 是, by their three bytes.
template <class Handler>
auto Sieve<Handler>::han_marks(const text::ByteBlock& first, const char* data) const -> Mask {
  const text::ByteBlock second(data + 1);
  const text::ByteBlock third(data + 2);
  const Mask half = first.equal(0xEF) & second.equal(0xBC);
  Mask marks = first.equal(0xE4) & second.equal(0xB8) & third.equal(0xBA);
  marks |= first.equal(0xE6) & second.equal(0x98) & third.equal(0xAF);
  marks |= first.equal(0xE3) & second.equal(0x80) & third.equal(0x80);
  marks |= first.equal(0xEF) & second.equal(0xBD) & third.equal(0x9C);
  if (half != 0) marks |= half & (third.equal(0x9A) | third.equal(0x88) | third.equal(0x9D));
  return marks;
}

template <class Handler>
void Sieve<Handler>::tell(const Block& block, Mask next_digit, std::size_t at) {
  if (block.digits != 0 || open_) {
    const Mask inside = block.digits | (block.joints & (block.digits << 1U | after_digit_) &
                                        (block.digits >> 1U | next_digit));
    tell_runs(inside, block.digits, at);
  }
  after_digit_ = block.digits >> 63U;
  if ((block.marks | block.ats) != 0) tell_places(block, at);
}

template <class Handler>
void Sieve<Handler>::tell_runs(Mask inside, Mask digits, std::size_t at) {
  if (open_) {
    const int length = std::countr_one(inside);
    const Mask part = length == 64 ? ~Mask{0} : (Mask{1} << length) - 1;
    run_.digits += static_cast<std::size_t>(std::popcount(digits & part));
    if (length == 64) return;
    close_run(at + static_cast<std::size_t>(length));
    inside &= ~part;
  }
  while (inside != 0) {
    const int begin = std::countr_zero(inside);
    const int length = std::countr_one(inside >> begin);
    const Mask part = (length == 64 ? ~Mask{0} : (Mask{1} << length) - 1) << begin;
    run_ = {.begin = at + static_cast<std::size_t>(begin),
            .digits = static_cast<std::size_t>(std::popcount(digits & part))};
    if (begin + length == 64) {
      open_ = true;
      return;
    }
    close_run(at + static_cast<std::size_t>(begin + length));
    inside &= ~part;
  }
}

template <class Handler>
void Sieve<Handler>::tell_places(const Block& block, std::size_t at) {
  for (Mask places = block.marks | block.ats; places != 0; places &= places - 1) {
    const auto place = static_cast<std::size_t>(std::countr_zero(places));
    if ((block.ats >> place & 1U) != 0) {
      handler_.at_sign(at + place);
    } else {
      handler_.mark(at + place);
    }
  }
}

template <class Handler>
void Sieve<Handler>::close_run(std::size_t end) {
  open_ = false;
  run_.end = end;
  handler_.run(run_);
}

}  // namespace huxin::detect
