#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "policy/base/byte_set.hpp"
#include "policy/base/bytes.hpp"
#include "policy/catalog/value_form.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

inline constexpr std::size_t kMostValueBytes = 128;  ///< that are read as one value

/// A value that its label told.
struct LabelledMatch {
  Span span;         ///< without what closes it; separators inside stay
  double doubt = 0;  ///< 1 when its form's hint speaks against it
};

/// A letter or a digit of a value, or what joins words of it.
bool is_value_word(char c);
/// Whether a form's line to write on is there: two underscores and more.
bool is_value_line(std::string_view text, std::size_t at);

/// Groups of letters and digits, joined by single spaces, hyphens or dots, from one place on.
class ValueGroups {
 public:
  ValueGroups(std::string_view text, std::size_t begin, std::size_t stop);

  std::size_t count() const { return count_; }
  /// The first groups, with what joins them.
  Span first(std::size_t count) const { return {groups_[0].begin, groups_[count - 1].end}; }
  /// Letters and digits of them.
  std::size_t letters(std::size_t count) const { return letters_[count - 1]; }

  /// A bit for each size, from 1 to kMaxValueLength, that some first groups have.
  std::uint64_t sizes() const;
  /// The first groups read as one value: joined by hyphens or dots, or sized as people break
  /// numbers up; two numbers side by side are not.
  bool regular(std::string_view text, std::size_t count) const;
  /// An amount: 55667788.99.
  bool decimal(std::string_view text, std::size_t count) const;

 private:
  static constexpr std::size_t kMost = 16;

  std::array<Span, kMost> groups_;
  std::array<std::size_t, kMost> letters_;  ///< of each group and those before it
  std::size_t count_ = 0;
};

/// How the values of a kind are written, and what most places are ruled out by. Borrows the
/// catalogue's.
class ValueForms {
 public:
  ValueForms() = default;  ///< of no kind: has no value()
  explicit ValueForms(const catalog::LabelledValue& value);
  explicit ValueForms(catalog::LabelledValue&&) = delete;

  const catalog::LabelledValue& value() const { return *value_; }
  std::span<const catalog::ValueForm> forms() const { return value_->forms; }

  /// Whether some have so many letters and digits, or, `word`, so many bytes as words.
  bool may_have(std::size_t size, bool word) const {
    const std::uint64_t sizes = word ? word_sizes_ : sizes_;
    return size > 0 && size <= catalog::kMaxValueLength && (sizes >> (size - 1) & 1U) != 0;
  }
  /// Whether one may begin with a byte, where groups of letters and digits have such sizes, as
  /// bits.
  bool may_stand(char first, std::uint64_t sizes) const {
    if (written_) return true;
    return begins_.has(first) && ((sizes_ & sizes) != 0 || words() || bracketed_);
  }
  bool words() const { return word_sizes_ != 0; }  ///< whether some are words
  bool written() const { return written_; }        ///< whether some are written in one way
  bool bracketed() const { return bracketed_; }    ///< whether some end in a bracket

 private:
  const catalog::LabelledValue* value_ = nullptr;
  static_assert(catalog::kMaxValueLength <= 64);
  std::uint64_t sizes_ = 0;  ///< a bit for each, from 1 on
  std::uint64_t word_sizes_ = 0;
  ByteSet begins_;  ///< of those that are not written in one way
  bool written_ = false;
  bool bracketed_ = false;
};

/// Reads one place as the value of several kinds, one after the other: the first group, or as many
/// as fit together. Borrows the text.
class ValueReader {
 public:
  /// `whole`: the value has to end at `stop`. `today` bounds dates in it.
  ValueReader(std::string_view text, std::size_t begin, std::size_t stop, bool whole, Date today);

  std::optional<LabelledMatch> read(const ValueForms& value);
  /// Whether nothing there is of these forms, as its first byte and its sizes say.
  bool rules_out(const ValueForms& value) const {
    return !value.may_stand(begin_ < text_.size() ? text_[begin_] : '\0', sizes_);
  }

 private:
  struct As {
    bool word = false;
    bool bracketed = false;
  };
  /// A value in upper case, without separators if it is no word.
  struct Compact {
    Span span;
    bool word = false;
    bool ends = false;      ///< as a value does; nothing below is known where it does not
    bool capitals = false;  ///< it has no small letters
    std::size_t size = 0;
    std::array<char, catalog::kMaxValueLength> characters{};

    std::string_view upper() const { return {characters.data(), size}; }
  };

  std::optional<LabelledMatch> read_written(const ValueForms& value) const;
  std::optional<LabelledMatch> read_word(const ValueForms& value);
  std::optional<LabelledMatch> match_groups(const ValueForms& value, std::size_t count);
  std::optional<LabelledMatch> match_bracketed(const ValueForms& value);
  /// `size`: the letters and digits of the span, or, of a word, its bytes.
  std::optional<LabelledMatch> match(const ValueForms& value, const Span& span, std::size_t size,
                                     As as);
  bool goes_on(std::size_t end) const;
  bool ends_in_four(std::size_t end) const;
  const Compact& compact(const Span& span, bool word);

  std::string_view text_;
  std::size_t begin_;
  std::size_t stop_;
  bool whole_;
  Date today_;
  ValueGroups groups_;
  std::uint64_t sizes_;
  std::optional<Compact> compact_;  ///< the last one
};

}  // namespace huxin::detect
