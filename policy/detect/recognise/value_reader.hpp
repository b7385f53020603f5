#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

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

/// Reads one place as the value of several kinds, one after the other: the first group, or as many
/// as fit together. Borrows the text.
class ValueReader {
 public:
  /// `whole`: the value has to end at `stop`. `today` bounds dates in it.
  ValueReader(std::string_view text, std::size_t begin, std::size_t stop, bool whole, Date today);

  std::optional<LabelledMatch> read(const catalog::LabelledValue& value) const;

 private:
  struct As {
    bool word = false;
    bool bracketed = false;
  };

  std::optional<LabelledMatch> read_written(const catalog::LabelledValue& value) const;
  std::optional<LabelledMatch> read_word(const catalog::LabelledValue& value) const;
  std::optional<LabelledMatch> match_groups(const catalog::LabelledValue& value,
                                            std::size_t count) const;
  std::optional<LabelledMatch> match_bracketed(const catalog::LabelledValue& value) const;
  std::optional<LabelledMatch> match(const catalog::LabelledValue& value, const Span& span,
                                     As as) const;
  bool goes_on(std::size_t end) const;
  bool ends_in_four(std::size_t end) const;
  std::string_view bounded(const Span& span) const;
  std::size_t compact_size(const Span& span, bool word) const;
  std::string compact(const Span& span, bool word) const;

  std::string_view text_;
  std::size_t begin_;
  std::size_t stop_;
  bool whole_;
  Date today_;
  ValueGroups groups_;
};

}  // namespace huxin::detect
