#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::extract {

/// One piece of RTF (Rich Text Format 1.9.1, "Conventions of an RTF Reader").
struct RtfToken {
  enum class Kind : std::uint8_t {
    kOpen,    ///< {
    kClose,   ///< }
    kWord,    ///< \par, \u-10179
    kSymbol,  ///< \~ \* \{: the character behind the backslash
    kByte,    ///< \'hh
    kText,    ///< bytes in whatever code page holds there; no line ends
    kBinary,  ///< what \bin announces
  };
  Kind kind = Kind::kText;
  std::string_view text;  ///< of kWord its name, of kSymbol its character, of kText the bytes
  std::optional<int> parameter;  ///< of kWord
  unsigned char byte = 0;        ///< of kByte
};

/// Splits RTF into tokens; never fails, and reads every byte once. Borrows the text.
class RtfLexer {
 public:
  explicit RtfLexer(std::string_view text) : rest_(text) {}
  /// False at the end.
  bool next(RtfToken& token);

 private:
  bool read_control(RtfToken& token);
  void read_word(RtfToken& token);
  std::string_view take(std::size_t count);

  std::string_view rest_;
  std::size_t binary_ = 0;  ///< bytes that \bin announced
};

}  // namespace huxin::extract
