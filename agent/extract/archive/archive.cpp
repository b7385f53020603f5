#include "agent/extract/archive/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <clocale>

#include "policy/text/decode.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;
constexpr std::size_t kTarBlock = 512;  // POSIX.1-2017, pax, ustar interchange format

/// Lets libarchive give names flagged as UTF-8 as they are, whatever the process's locale. Loaded
/// once: it takes as long as unpacking a small member.
class Utf8Locale {
 public:
  Utf8Locale() : before_(::uselocale(loaded())) {}
  ~Utf8Locale() { ::uselocale(before_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t loaded() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }

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

using Support = int (*)(archive*);

// Named one by one: libarchive would run programs for some of the filters it knows.
Support reader_of(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kZip:
      return archive_read_support_format_zip;
    case ArchiveKind::kSevenZip:
      return archive_read_support_format_7zip;
    case ArchiveKind::kRar:
      return archive_read_support_format_rar;
    case ArchiveKind::kTar:
      return archive_read_support_format_tar;
    case ArchiveKind::kCab:
      return archive_read_support_format_cab;
    case ArchiveKind::kIso:
      return archive_read_support_format_iso9660;
    case ArchiveKind::kGzip:
      return archive_read_support_filter_gzip;
    case ArchiveKind::kBzip2:
      return archive_read_support_filter_bzip2;
    case ArchiveKind::kXz:
      return archive_read_support_filter_xz;
    case ArchiveKind::kZstd:
      return archive_read_support_filter_zstd;
    case ArchiveKind::kLz4:
      return archive_read_support_filter_lz4;
    case ArchiveKind::kCompress:
      return archive_read_support_filter_compress;
  }
  return nullptr;
}

/// Can members be passed over without being unpacked?
bool is_seekable(ArchiveKind kind) {
  return kind == ArchiveKind::kZip || kind == ArchiveKind::kTar || kind == ArchiveKind::kIso;
}

/// Does a compressed file begin with a block of zeros? libarchive takes that for a TAR of nothing,
/// whatever follows.
bool begins_with_zeros(ByteView content, ArchiveKind kind) {
  const std::unique_ptr<archive, int (*)(archive*)> look(archive_read_new(), archive_read_free);
  if (!look) throw std::bad_alloc();
  reader_of(kind)(look.get());
  archive_read_support_format_raw(look.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_memory(look.get(), content.data(), content.size()) != ARCHIVE_OK ||
      archive_read_next_header(look.get(), &entry) != ARCHIVE_OK)
    return false;
  std::array<char, kTarBlock> block{};
  const auto got = archive_read_data(look.get(), block.data(), block.size());
  return got > 0 && std::ranges::all_of(block, [](char c) { return c == 0; });
}

}  // namespace

void Archive::Closer::operator()(archive* handle) const { archive_read_free(handle); }

Archive::Archive(ByteView content, ArchiveKind kind, Extraction& extraction)
    : handle_(archive_read_new()),
      extraction_(extraction),
      packed_(content.size()),
      seekable_(is_seekable(kind)) {
  if (!handle_) throw std::bad_alloc();
  reader_of(kind)(handle_.get());
  if (kind == ArchiveKind::kRar) archive_read_support_format_rar5(handle_.get());
  if (is_compressed_file(kind)) {
    if (!begins_with_zeros(content, kind)) archive_read_support_format_tar(handle_.get());
    archive_read_support_format_raw(handle_.get());
    archive_read_support_format_empty(handle_.get());
  }
  // What stands behind the end of a TAR is looked at too.
  archive_read_set_format_option(handle_.get(), "tar", "read_concatenated_archives", "1");
  if (archive_read_open_memory(handle_.get(), content.data(), content.size()) != ARCHIVE_OK)
    lose_broken();
}

Archive::~Archive() = default;

std::optional<Member> Archive::next() {
  pass_over();
  extraction_.check_time();
  if (extraction_.stopped()) return std::nullopt;
  const Utf8Locale names;
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(handle_.get(), &entry);
  if (result == ARCHIVE_EOF) return std::nullopt;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    lose_broken();
    return std::nullopt;
  }
  // A length that stands behind a member is known by unpacking it alone.
  const bool far = seekable_ && archive_entry_size_is_set(entry) != 0;
  inside_ = archive_entry_is_encrypted(entry) == 0 && !far;
  const bool raw = archive_format(handle_.get()) == ARCHIVE_FORMAT_RAW;
  return Member{raw ? std::string() : member_name(entry), archive_entry_filetype(entry) == AE_IFREG,
                archive_entry_is_encrypted(entry) != 0};
}

void Archive::pass_over() {
  if (!inside_) return;
  std::array<char, kChunk> nowhere{};
  while (read(nowhere.data(), nowhere.size()) > 0) {
  }
}

std::size_t Archive::read(char* to, std::size_t size) {
  if (extraction_.stopped()) return 0;
  const auto got = archive_read_data(handle_.get(), to, size);
  if (got <= 0) inside_ = false;
  if (got < 0) {
    lose_broken();
    return 0;
  }
  const auto count = static_cast<std::size_t>(got);
  unpacked_ += count;
  extraction_.spend(packed_, unpacked_, count);
  return count;
}

void Archive::lose_broken() {
  broken_ = true;
  const char* error = archive_error_string(handle_.get());
  // libarchive must not be asked about what it did not recognise: it would call into nowhere.
  const bool recognised = archive_format(handle_.get()) != 0;
  const bool encrypted = (recognised && archive_read_has_encrypted_entries(handle_.get()) > 0) ||
                         (error != nullptr && std::string_view(error).contains("ncrypt"));
  const bool deep = error != nullptr && std::string_view(error).contains("too many filters");
  extraction_.lose(encrypted ? "encrypted" : deep ? "too_deep" : "corrupt");
}

}  // namespace huxin::extract
