#include <fmt/format.h>

#include <charconv>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/compressed_rtf.hpp"
#include "agent/extract/ole/readers.hpp"

namespace huxin::extract {

namespace {

// Numbers of properties, [MS-OXPROPS].
constexpr std::uint16_t kBody = 0x1000;
constexpr std::uint16_t kRtf = 0x1009;
constexpr std::uint16_t kHtml = 0x1013;
constexpr std::uint16_t kDisplayName = 0x3001;
constexpr std::uint16_t kAddress = 0x3003;
constexpr std::uint16_t kContent = 0x3701;
constexpr std::uint16_t kShortFileName = 0x3704;
constexpr std::uint16_t kFileName = 0x3707;
constexpr std::uint16_t kSmtpAddress = 0x39FE;
constexpr std::uint16_t kInternetCodePage = 0x3FDE;
constexpr std::uint16_t kMessageCodePage = 0x3FFD;

constexpr std::size_t kHeader = 32;
constexpr std::size_t kInnerHeader = 24;
constexpr std::string_view kValue = "__substg1.0_";
constexpr std::size_t kNameSize = kValue.size() + 8;  // four digits each of number and type

struct Named {
  std::uint16_t id;
  std::string_view name;
};
constexpr Named kShown[] = {
    {0x0037, "subject"}, {0x0C1A, "from"}, {0x0C1F, "from"}, {0x5D01, "from"},    {0x0E04, "to"},
    {0x0E03, "cc"},      {0x0E02, "bcc"},  {kBody, "body"},  {0x007D, "headers"},
};

/// Says whether a property is a contact's, or one an application named itself.
bool is_other(std::uint16_t id) { return (id >= 0x3A00 && id <= 0x3AFF) || id >= 0x8000; }

/// The properties of a message, a recipient or an attachment: each value of no fixed size is a
/// stream named by number and type.
class Properties {
 public:
  Properties(const Storage& storage, std::uint32_t code_page)
      : storage_(storage), code_page_(code_page) {}

  std::string text(std::uint16_t id) const {
    if (const auto wide = storage_.stream(stream_name(id, 0x001F))) return from_utf16(*wide);
    if (const auto narrow = storage_.stream(stream_name(id, 0x001E)))
      return from_code_page(*narrow, code_page_);
    return {};
  }
  std::optional<Bytes> binary(std::uint16_t id) const {
    return storage_.stream(stream_name(id, 0x0102));
  }
  std::optional<Storage> object(std::uint16_t id) const {
    return storage_.storage(stream_name(id, 0x000D));
  }
  /// Numbers of the properties that are text.
  std::vector<std::uint16_t> texts() const {
    std::vector<std::uint16_t> all;
    for (const std::string& name : storage_.stream_names()) {
      if (name.size() != kNameSize || !name.starts_with(kValue) ||
          !(name.ends_with("001F") || name.ends_with("001E")))
        continue;
      std::uint16_t id = 0;
      std::from_chars(name.data() + kValue.size(), name.data() + name.size() - 4, id, 16);
      all.push_back(id);
    }
    return all;
  }

 private:
  static std::string stream_name(std::uint16_t id, std::uint16_t type) {
    return fmt::format("{}{:04X}{:04X}", kValue, id, type);
  }

  const Storage& storage_;
  std::uint32_t code_page_;
};

/// Numbers are kept in a table ([MS-OXMSG] 2.4); 0 for one that is not there.
std::uint32_t number(const Storage& storage, std::size_t header, std::uint16_t id) {
  const Bytes table = storage.stream("__properties_version1.0").value_or(Bytes());
  ByteReader reader(table, header);
  while (reader.left() >= 16) {
    const std::uint32_t tag = reader.u32();
    reader.skip(4);
    const std::uint32_t value = reader.u32();
    reader.skip(4);
    if (tag == ((std::uint32_t{id} << 16U) | 3U)) return value;
  }
  return 0;
}

void write_lines(std::string_view text, DocumentWriter& writer) {
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, size);
    if (line.ends_with('\r')) line.remove_suffix(1);
    writer.paragraph(line);
    text.remove_prefix(std::min(text.size(), size + 1));
  }
}

class MessageReader {
 public:
  MessageReader(const Storage& storage, bool inner, const std::string& where,
                Extraction& extraction)
      : storage_(storage),
        where_(where),
        extraction_(extraction),
        code_page_(number(storage, inner ? kInnerHeader : kHeader, kMessageCodePage)),
        html_page_(number(storage, inner ? kInnerHeader : kHeader, kInternetCodePage)) {}

  void read() {
    write_texts();
    read_bodies();
    for (const Storage& child : storage_.storages()) {
      if (extraction_.stopped()) return;
      if (child.name().starts_with("__attach_")) read_attachment(child);
    }
  }

 private:
  void write_texts() {
    const Properties properties(storage_, code_page_ == 0 ? html_page_ : code_page_);
    DocumentWriter writer(where_, extraction_);
    for (const auto& [id, name] : kShown) {
      const std::string text = properties.text(id);
      writer.group(name);
      write_lines(text, writer);
    }
    writer.group("recipients");
    for (const Storage& child : storage_.storages()) {
      if (child.name().starts_with("__recip_")) write_recipient(child, writer);
    }
    writer.group("other");
    for (const std::uint16_t id : properties.texts()) {
      if (extraction_.stopped()) break;
      if (is_other(id)) write_lines(properties.text(id), writer);
      extraction_.check_time();
    }
    writer.flush();
  }

  void write_recipient(const Storage& storage, DocumentWriter& writer) const {
    const Properties properties(storage, code_page_);
    const std::string smtp = properties.text(kSmtpAddress);
    const std::string address = smtp.empty() ? properties.text(kAddress) : smtp;
    const std::string name = properties.text(kDisplayName);
    writer.paragraph(address.empty() ? name : fmt::format("{} <{}>", name, address));
  }

  /// The three bodies should say the same, and each is read: the one that is shown is the
  /// reader's choice.
  void read_bodies() {
    const Properties properties(storage_, html_page_);
    const auto html = properties.binary(kHtml);
    const std::string page = html ? from_code_page(*html, html_page_) : properties.text(kHtml);
    if (!page.empty())
      read_html(as_bytes(page), text::Encoding::kUtf8, where_ + "!body.html", extraction_);
    read_rtf(properties);
  }

  void read_rtf(const Properties& properties) {
    const auto packed = properties.binary(kRtf);
    if (!packed) return;
    const auto rtf = unpack_rtf(*packed, extraction_.output_left());
    if (!rtf) return extraction_.lose("corrupt");
    extraction_.spend(packed->size(), rtf->size(), rtf->size());
    read_any(*rtf, where_ + "!body.rtf", extraction_);
  }

  void read_attachment(const Storage& storage) {
    const Extraction::Descent descent(extraction_);
    extraction_.enter_member();
    if (!descent.allowed() || extraction_.stopped()) return;
    const Properties properties(storage, code_page_);
    const std::string where = fmt::format("{}!{}", where_, name_of(properties, storage));
    if (const auto content = properties.binary(kContent)) read_any(*content, where, extraction_);
    const auto object = properties.object(kContent);
    if (!object) return;
    if (is_message(*object)) {
      read_message(*object, true, where, extraction_);
    } else {
      read_storage(*object, where, extraction_);
    }
  }

  static std::string name_of(const Properties& properties, const Storage& storage) {
    for (const std::uint16_t id : {kFileName, kShortFileName, kDisplayName}) {
      std::string name = properties.text(id);
      if (!name.empty()) return name;
    }
    return storage.name();
  }

  const Storage& storage_;
  const std::string& where_;
  Extraction& extraction_;
  std::uint32_t code_page_;
  std::uint32_t html_page_;
};

}  // namespace

void read_message(const Storage& storage, bool inner, const std::string& where,
                  Extraction& extraction) {
  MessageReader(storage, inner, where, extraction).read();
}

}  // namespace huxin::extract
