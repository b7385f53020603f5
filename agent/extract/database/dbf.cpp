#include "agent/extract/database/dbf.hpp"

#include <algorithm>
#include <string_view>

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kDescriptor = 32;  // of the header's beginning too
constexpr std::uint8_t kEnd = 0x0D;      // behind the last field
constexpr std::uint8_t kVisualFoxPro = 0x30, kLastVisualFoxPro = 0x32;
/// dBASE III and IV with memos and without, as SQL tables; FoxBASE, FoxPro, Visual FoxPro; Clipper.
constexpr std::string_view kVersions = "\x02\x03\x04\x30\x31\x32\x43\x63\x83\x8B\xCB\xE5\xF5\xFB"sv;
constexpr std::string_view kTypes = "CNFDLMBGPYTIVQW0@O+";

std::size_t u16le(ByteView bytes, std::size_t at) {
  return bytes[at] | static_cast<std::size_t>(bytes[at + 1]) << 8U;
}

/// Some programs leave the date of the last change out.
bool is_date(ByteView head) {
  const bool none = head[1] == 0 && head[2] == 0 && head[3] == 0;
  return none || (head[2] >= 1 && head[2] <= 12 && head[3] >= 1 && head[3] <= 31);
}

/// Letters, digits and characters beyond ASCII, closed by a zero byte or as long as they may be.
std::string field_name(ByteView descriptor) {
  const std::string_view name = as_text(descriptor.first(11));
  const std::string_view used = name.substr(0, name.find('\0'));
  const bool odd = std::ranges::any_of(used, [](char c) { return c >= 0 && c < ' '; });
  return odd ? std::string() : std::string(used);
}

/// The high byte of a long text's length stands where a number's decimals do.
std::optional<DbfField> field(ByteView descriptor, std::size_t offset) {
  DbfField field{field_name(descriptor), static_cast<char>(descriptor[11]), offset, descriptor[16]};
  if (field.type == 'C') field.length |= static_cast<std::size_t>(descriptor[17]) << 8U;
  if (field.name.empty() || field.length == 0 || !kTypes.contains(field.type)) return std::nullopt;
  return field;
}

}  // namespace

std::optional<DbfHeader> dbf_header(ByteView head) {
  if (head.size() < 2 * kDescriptor + 1 || !is_date(head)) return std::nullopt;
  if (!kVersions.contains(static_cast<char>(head[0])) || u16le(head, 12) != 0) return std::nullopt;
  DbfHeader header;
  header.records = static_cast<std::uint32_t>(u16le(head, 4) | u16le(head, 6) << 16U);
  header.length = u16le(head, 8);
  header.record_length = u16le(head, 10);
  header.driver = head[29];
  header.fox = head[0] >= kVisualFoxPro && head[0] <= kLastVisualFoxPro;
  header.encrypted = !header.fox && head[15] == 1;
  std::size_t at = kDescriptor;
  std::size_t offset = 1;
  for (; at < head.size() && head[at] != kEnd; at += kDescriptor) {
    if (head.size() - at < kDescriptor) return std::nullopt;
    const auto next = field(head.subspan(at, kDescriptor), offset);
    if (!next) return std::nullopt;
    offset += next->length;
    header.fields.push_back(*next);
  }
  const bool fits = !header.fields.empty() && at < head.size() && at < header.length &&
                    offset == header.record_length;
  return fits ? std::optional(std::move(header)) : std::nullopt;
}

}  // namespace huxin::extract
