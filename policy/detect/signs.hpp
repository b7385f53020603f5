#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "policy/base/byte_set.hpp"
#include "policy/base/bytes.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"

namespace huxin::detect {

/// Words that are looked for in one go: those that begin with Han, which are of the common planes
/// from U+4000 on, and those that begin with ASCII. Made at compile time.
template <std::size_t N>
class Signs {
 public:
  constexpr explicit Signs(const std::array<std::string_view, N>& words) : words_(words) {
    for (const std::string_view word : words_) {
      if (is_high(word[0])) {
        begins_.add(word.substr(0, kHanBytes));
      } else {
        letters_.add(word[0]);
      }
    }
  }

  bool stand_in(std::string_view text) const { return first_in(text, {0, text.size()}).size() > 0; }
  bool begin(std::string_view text) const {
    return !text.empty() && first_in(text, {0, 1}).size() > 0;
  }

  /// The first one that begins in a stretch of the text; an empty span where none does.
  Span first_in(std::string_view text, const Span& stretch) const {
    for (std::size_t at = stretch.begin; at < stretch.end; ++at) {
      const bool han = static_cast<unsigned char>(text[at]) >= 0xE4;
      if (!han && !letters_.has(text[at])) continue;
      const std::string_view rest = text.substr(at);
      if (!han || begins_.has(rest)) {
        // Words of one character's begin mostly differ in their last byte.
        const auto* const word = std::ranges::find_if(words_, [&](std::string_view each) {
          return each.size() <= rest.size() && rest[each.size() - 1] == each.back() &&
                 rest.starts_with(each);
        });
        if (word != words_.end()) return {at, at + word->size()};
      }
      at += han ? kHanBytes - 1 : 0;
    }
    return {};
  }

 private:
  std::array<std::string_view, N> words_;
  HanSet begins_;
  ByteSet letters_;  ///< with which the others begin
};

}  // namespace huxin::detect
