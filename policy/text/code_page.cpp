#include "policy/text/code_page.hpp"

#include <array>
#include <memory>
#include <span>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

namespace huxin::text {
namespace {

constexpr std::size_t kLeads = 0xFE - 0x81 + 1;
constexpr std::size_t kTrails = 0xFE - 0x40 + 1;
constexpr std::size_t kFourByte =
    39'420;  // linear codes of the basic plane, GB 18030-2005, 81308130 to 8431A439

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  if (U_FAILURE(error)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  return converter;
}

/// The code point of one character's bytes; 0 when ICU knows none.
char32_t convert(UConverter* converter, std::span<const char> bytes) {
  if (converter == nullptr) return 0;
  std::array<UChar, 8> units{};
  UErrorCode error = U_ZERO_ERROR;
  const int count = ucnv_toUChars(converter, units.data(), static_cast<int32_t>(units.size()),
                                  bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) || count == 0 || units[0] == 0xFFFD) return 0;
  return U16_IS_LEAD(units[0]) && count >= 2
             ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(units[0], units[1]))
             : static_cast<char32_t>(units[0]);
}

std::vector<char32_t> read_two_bytes(const char* name) {
  const Converter converter = open(name);
  std::vector<char32_t> table(kLeads * kTrails);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::array<char, 2> bytes = {static_cast<char>(0x81 + i / kTrails),
                                       static_cast<char>(0x40 + i % kTrails)};
    if (bytes[1] != 0x7F) table[i] = convert(converter.get(), bytes);
  }
  return table;
}

std::vector<char32_t> read_four_bytes() {
  const Converter converter = open("gb18030");
  std::vector<char32_t> table(kFourByte);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::array<char, 4> bytes = {
        static_cast<char>(0x81 + i / 12'600), static_cast<char>(0x30 + i / 1'260 % 10),
        static_cast<char>(0x81 + i / 10 % 126), static_cast<char>(0x30 + i % 10)};
    table[i] = convert(converter.get(), bytes);
  }
  return table;
}

bool in_range(std::uint8_t byte, std::uint8_t low, std::uint8_t high) {
  return byte >= low && byte <= high;
}

Taken take_two_bytes(const std::vector<char32_t>& table, ByteView bytes) {
  if (!in_range(bytes[0], 0x81, 0xFE) || bytes.size() < 2 || !in_range(bytes[1], 0x40, 0xFE))
    return {};
  const char32_t code =
      table[static_cast<std::size_t>(bytes[0] - 0x81) * kTrails + (bytes[1] - 0x40U)];
  return code == 0 ? Taken{} : Taken{code, 2, true};
}

Taken take_four_bytes(ByteView bytes) {
  static const std::vector<char32_t> kTable = read_four_bytes();
  if (bytes.size() < 4 || !in_range(bytes[0], 0x81, 0xFE) || !in_range(bytes[2], 0x81, 0xFE) ||
      !in_range(bytes[3], 0x30, 0x39)) {
    return {};
  }
  const std::size_t linear = (bytes[0] - 0x81U) * 12'600U + (bytes[1] - 0x30U) * 1'260U +
                             (bytes[2] - 0x81U) * 10U + (bytes[3] - 0x30U);
  constexpr std::size_t kSupplementary = (0x90 - 0x81) * 12'600;  // 90308130 is U+10000
  if (linear < kFourByte && kTable[linear] != 0) return {kTable[linear], 4, true};
  if (linear < kSupplementary || linear - kSupplementary > 0xFFFFF) return {};
  return {static_cast<char32_t>(0x10000 + linear - kSupplementary), 4, true};
}

}  // namespace

Taken take_gb18030(ByteView bytes) {
  static const std::vector<char32_t> kTable = read_two_bytes("gb18030");
  if (bytes[0] < 0x80) return {bytes[0], 1, true};
  if (bytes.size() >= 2 && in_range(bytes[1], 0x30, 0x39)) return take_four_bytes(bytes);
  return take_two_bytes(kTable, bytes);
}

Taken take_big5(ByteView bytes) {
  static const std::vector<char32_t> kTable = read_two_bytes("Big5-HKSCS");
  if (bytes[0] < 0x80) return {bytes[0], 1, true};
  return take_two_bytes(kTable, bytes);
}

Taken take_utf16(ByteView bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) {
    const unsigned first = bytes[at];
    const unsigned second = bytes[at + 1];
    return static_cast<char32_t>(big_endian ? first << 8U | second : second << 8U | first);
  };
  if (bytes.size() < 2) return {};
  const char32_t high = unit(0);
  if (high < 0xD800 || high > 0xDFFF) return {high, 2, true};
  if (high > 0xDBFF || bytes.size() < 4) return {0, 2, false};
  const char32_t low = unit(2);
  if (low < 0xDC00 || low > 0xDFFF) return {0, 2, false};
  return {0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00), 4, true};
}

}  // namespace huxin::text
