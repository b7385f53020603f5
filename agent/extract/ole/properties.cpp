#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/ole/cell_value.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/readers.hpp"

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;
using Names = std::map<std::uint32_t, std::string>;

constexpr std::size_t kMaxProperties = 4096;
constexpr std::uint16_t kUtf16Page = 1200;
constexpr std::string_view kUserDefined = "\x05\xD5\xCD\xD5\x9C\x2E\x1B\x10"sv;  // and eight more

/// Those that hold what somebody wrote, [MS-OLEPS] 3.1.2 and 3.1.3.
const Names kSummary = {{2, "title"}, {3, "subject"}, {5, "keywords"}, {6, "comments"}};
const Names kDocumentSummary = {{2, "category"}};

std::string without_zeros(std::string text) {
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

/// One property set, [MS-OLEPS] 2.21.
class PropertySet {
 public:
  explicit PropertySet(ByteView set) : set_(set) {
    ByteReader reader(set, 4);
    const std::size_t count = std::min<std::size_t>(reader.u32(), kMaxProperties);
    for (std::size_t i = 0; i < count && reader.left() >= 8; ++i) {
      const std::uint32_t id = reader.u32();
      offsets_.emplace(id, reader.u32());
    }
    if (const auto page = value(1)) code_page_ = ByteReader(*page, 4).u16();
  }

  /// As text; empty for what is none.
  std::string shown(std::uint32_t id) const {
    const auto bytes = value(id);
    if (!bytes) return {};
    ByteReader reader(*bytes);
    const std::uint16_t type = reader.u16();
    reader.skip(2);
    switch (type) {
      case 3:
        return fmt::format("{}", static_cast<std::int32_t>(reader.u32()));
      case 5:
        return shown_number(from_bits(reader.u64()));
      case 30:
        return without_zeros(from_code_page(reader.take(reader.u32()), code_page_));
      case 31:
        return without_zeros(from_utf16(reader.take(std::size_t{reader.u32()} * 2)));
      default:
        return {};
    }
  }

  /// The names a user gave ([MS-OLEPS] 2.17).
  Names dictionary() const {
    Names names;
    const auto bytes = value(0);
    if (!bytes) return names;
    ByteReader reader(*bytes);
    const bool wide = code_page_ == kUtf16Page;
    for (std::uint32_t left = reader.u32(); left > 0 && names.size() < kMaxProperties; --left) {
      const std::uint32_t id = reader.u32();
      const std::size_t size = std::size_t{reader.u32()} * (wide ? 2 : 1);
      names.try_emplace(id, without_zeros(from_code_page(reader.take(size), code_page_)));
      if (wide) reader.skip(-size % 4);
      if (reader.failed()) break;
    }
    return names;
  }

 private:
  std::optional<ByteView> value(std::uint32_t id) const {
    const auto found = offsets_.find(id);
    if (found == offsets_.end()) return std::nullopt;
    return ByteReader(set_, found->second).rest();
  }

  ByteView set_;
  std::map<std::uint32_t, std::uint32_t> offsets_;
  std::uint32_t code_page_ = 0;
};

void write(const PropertySet& set, const Names& names, DocumentWriter& writer,
           Extraction& extraction) {
  for (const auto& [id, name] : names) {
    extraction.check_time();
    if (extraction.stopped()) return;
    const std::string text = set.shown(id);
    if (!text.empty() && id > 1) writer.paragraph(fmt::format("{}: {}", name, text));
  }
}

/// A stream holds one set, or two of which the second is the user's.
void read_stream(ByteView stream, const Names& names, DocumentWriter& writer,
                 Extraction& extraction) {
  ByteReader reader(stream, 24);
  const std::uint32_t sets = std::min(reader.u32(), 2U);
  for (std::uint32_t i = 0; i < sets; ++i) {
    const bool users = as_text(reader.take(16)).starts_with(kUserDefined);
    const PropertySet set(ByteReader(stream, reader.u32()).rest());
    write(set, users ? set.dictionary() : names, writer, extraction);
  }
}

}  // namespace

void read_properties(const Storage& storage, const std::string& where, Extraction& extraction) {
  DocumentWriter writer(where, extraction);
  writer.group("properties");
  if (const auto stream = storage.stream("\5SummaryInformation"))
    read_stream(*stream, kSummary, writer, extraction);
  if (const auto stream = storage.stream("\5DocumentSummaryInformation"))
    read_stream(*stream, kDocumentSummary, writer, extraction);
  writer.flush();
}

}  // namespace huxin::extract
