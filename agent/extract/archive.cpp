#include "agent/extract/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <clocale>

#include "policy/text/decode.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;

/// Lets libarchive give names flagged as UTF-8 as they are, whatever the process's locale.
class Utf8Locale {
 public:
  Utf8Locale()
      : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(::uselocale(locale_)) {}
  ~Utf8Locale() {
    ::uselocale(before_);
    if (locale_ != nullptr) ::freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_;
};

std::string member_name(archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  if (raw == nullptr) raw = archive_entry_pathname_utf8(entry);
  if (raw == nullptr) return "?";
  const std::string_view name(raw);
  const text::Encoding guess = text::guess_encoding(as_bytes(name));
  const bool utf8 = guess == text::Encoding::kUtf8;
  return text::decode(as_bytes(name), utf8 ? text::Encoding::kUtf8 : text::Encoding::kGb18030).text;
}

}  // namespace

void Archive::Closer::operator()(archive* handle) const { archive_read_free(handle); }

Archive::Archive(ByteView content, Extraction& extraction)
    : handle_(archive_read_new()), extraction_(extraction), packed_(content.size()) {
  if (!handle_) throw std::bad_alloc();
  archive_read_support_format_zip(handle_.get());
  if (archive_read_open_memory(handle_.get(), content.data(), content.size()) != ARCHIVE_OK)
    extraction_.lose("corrupt");
}

Archive::~Archive() = default;

std::optional<Member> Archive::next() {
  extraction_.check_time();
  if (extraction_.stopped()) return std::nullopt;
  const Utf8Locale names;
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(handle_.get(), &entry);
  if (result == ARCHIVE_EOF) return std::nullopt;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    extraction_.lose("corrupt");
    return std::nullopt;
  }
  return Member{member_name(entry), archive_entry_filetype(entry) == AE_IFDIR,
                archive_entry_is_encrypted(entry) != 0};
}

std::size_t Archive::read(char* to, std::size_t size) {
  if (extraction_.stopped()) return 0;
  const auto got = archive_read_data(handle_.get(), to, size);
  if (got < 0) {
    extraction_.lose("corrupt");
    return 0;
  }
  const auto count = static_cast<std::size_t>(got);
  unpacked_ += count;
  extraction_.spend(packed_, unpacked_, count);
  return count;
}

std::string Archive::read_all(std::size_t limit) {
  std::string content;
  for (;;) {
    const std::size_t before = content.size();
    if (before >= limit) {
      extraction_.lose("too_large");
      return content;
    }
    content.resize(before + kChunk);
    const std::size_t got = read(content.data() + before, kChunk);
    content.resize(before + got);
    if (got == 0) return content;
  }
}

}  // namespace huxin::extract
