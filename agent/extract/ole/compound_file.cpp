#include "agent/extract/ole/compound_file.hpp"

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/markup/markup.hpp"
#include "agent/extract/ole/code_page.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kEntry = 128;
constexpr std::size_t kMaxEntries = 65'536;
constexpr std::uint8_t kStorage = 1;
constexpr std::uint8_t kStream = 2;
constexpr std::uint8_t kRoot = 5;

}  // namespace

CompoundFile::CompoundFile(ByteView content, Extraction& extraction)
    : extraction_(extraction), chains_(content, extraction) {
  if (!chains_.valid()) return;
  read_directory(chains_.first_directory_sector());
  if (entries_.empty()) {
    extraction_.lose("corrupt");
    return;
  }
  chains_.small_streams_at(entries_[0].start, entries_[0].size);
  adopt_all();
}

/// [MS-CFB] 2.6.1.
void CompoundFile::read_directory(std::uint32_t first) {
  const Bytes directory = chains_.read_all(first, kMaxEntries * kEntry);
  for (std::size_t at = 0; at + kEntry <= directory.size(); at += kEntry) {
    ByteReader reader(ByteView(directory).subspan(at, kEntry));
    const ByteView name = reader.take(64);
    const std::size_t length = reader.u16();
    const std::uint8_t kind = reader.u8();
    reader.skip(1);
    const Links links{reader.u32(), reader.u32(), reader.u32()};
    reader.skip(36);
    Entry entry{.storage = kind == kStorage || kind == kRoot, .start = reader.u32()};
    entry.size = chains_.wide_sizes() ? reader.u64() : reader.u32();
    append_utf16(entry.name, name.first(std::min<std::size_t>(length < 2 ? 0 : length - 2, 62)));
    entries_.push_back(std::move(entry));
    links_.push_back(links);
    taken_.push_back(kind != kStorage && kind != kStream);
  }
  if (entries_.size() == kMaxEntries) extraction_.lose("too_many_entries");
}

bool CompoundFile::take(std::uint32_t index) {
  if (index >= entries_.size() || taken_[index]) return false;
  taken_[index] = true;
  return true;
}

/// Walks the tree of one storage's children from its left to its right, without recursion: hostile
/// trees are lists.
void CompoundFile::adopt_children(std::uint32_t parent, std::vector<std::uint32_t>& storages) {
  std::vector<std::uint32_t> above;
  std::uint32_t at = links_[parent].child;
  for (;;) {
    for (; take(at); at = links_[at].left) above.push_back(at);
    if (above.empty()) return;
    const std::uint32_t index = above.back();
    above.pop_back();
    entries_[parent].children.push_back(index);
    if (entries_[index].storage) storages.push_back(index);
    at = links_[index].right;
  }
}

void CompoundFile::adopt_all() {
  taken_[0] = true;
  entries_[0].storage = true;
  std::vector<std::uint32_t> storages{0};
  while (!storages.empty()) {
    const std::uint32_t parent = storages.back();
    storages.pop_back();
    adopt_children(parent, storages);
  }
  adopt_orphans();
  links_ = {};
  taken_ = {};
}

void CompoundFile::adopt_orphans() {
  for (std::uint32_t index = 1; index < entries_.size(); ++index) {
    if (!take(index)) continue;
    extraction_.lose("corrupt");
    entries_[0].children.push_back(index);
  }
}

Bytes CompoundFile::read(const Entry& stream) {
  if (extraction_.stopped()) return {};
  Bytes bytes = chains_.read_stream(stream.start, stream.size);
  unpacked_ += bytes.size();
  extraction_.spend(chains_.size(), unpacked_, bytes.size());
  return bytes;
}

std::optional<std::uint32_t> Storage::find(std::string_view name, bool storage) const {
  for (const std::uint32_t child : file_->entry(index_).children) {
    const CompoundFile::Entry& entry = file_->entry(child);
    if (entry.storage == storage && same_name(entry.name, name)) return child;
  }
  return std::nullopt;
}

std::optional<Bytes> Storage::stream(std::string_view name) const {
  const auto found = find(name, false);
  return found ? std::optional(file_->read(file_->entry(*found))) : std::nullopt;
}

std::optional<Storage> Storage::storage(std::string_view name) const {
  const auto found = find(name, true);
  return found ? std::optional(Storage(*file_, *found)) : std::nullopt;
}

std::vector<Storage> Storage::storages() const {
  std::vector<Storage> all;
  for (const std::uint32_t child : file_->entry(index_).children) {
    if (file_->entry(child).storage) all.emplace_back(*file_, child);
  }
  return all;
}

std::vector<std::string> Storage::stream_names() const {
  std::vector<std::string> all;
  for (const std::uint32_t child : file_->entry(index_).children) {
    if (!file_->entry(child).storage) all.push_back(file_->entry(child).name);
  }
  return all;
}

}  // namespace huxin::extract
