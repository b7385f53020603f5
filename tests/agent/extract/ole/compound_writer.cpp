#include "tests/agent/extract/ole/compound_writer.hpp"

#include <map>

namespace huxin::extract::test {

namespace {

constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::uint32_t kTableSector = 0xFFFFFFFD;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::size_t kSector = 512;
constexpr std::size_t kSmallSector = 64;
constexpr std::size_t kCutoff = 4096;

std::string padded(std::string bytes, std::size_t unit, char with = '\0') {
  bytes.resize((bytes.size() + unit - 1) / unit * unit, with);
  return bytes;
}

/// Chained units of one size: sectors of the file, or small ones of the root's stream.
class Chains {
 public:
  explicit Chains(std::size_t unit) : unit_(unit) {}

  /// Adds a stream; its first unit.
  std::uint32_t add(const std::string& content) {
    if (content.empty()) return kEndOfChain;
    const std::size_t first = next.size();
    bytes += padded(content, unit_);
    while (next.size() < bytes.size() / unit_)
      next.push_back(static_cast<std::uint32_t>(next.size() + 1));
    next.back() = kEndOfChain;
    return static_cast<std::uint32_t>(first);
  }
  std::string table() const {
    std::string all;
    for (const std::uint32_t number : next) all += le32(number);
    return padded(all, kSector, '\xFF');
  }

  std::string bytes;
  std::vector<std::uint32_t> next;

 private:
  std::size_t unit_;
};

struct Entry {
  std::string name;
  std::uint8_t kind = 1;
  std::uint32_t start = 0;
  std::size_t size = 0;
  std::uint32_t right = kFree, child = kFree;
};

/// Adds an entry as the last child of its parent, making its storages.
std::size_t add_entry(std::vector<Entry>& entries, std::map<std::string, std::size_t>& known,
                      const std::string& path) {
  if (const auto found = known.find(path); found != known.end()) return found->second;
  const std::size_t slash = path.rfind('/');
  const bool top = slash == std::string::npos;
  const std::size_t parent = top ? 0 : add_entry(entries, known, path.substr(0, slash));
  const std::size_t index = entries.size();
  entries.push_back({.name = top ? path : path.substr(slash + 1)});
  std::uint32_t* link = &entries[parent].child;
  while (*link != kFree) link = &entries[*link].right;
  *link = static_cast<std::uint32_t>(index);
  known.emplace(path, index);
  return index;
}

std::string written(const Entry& entry) {
  std::string name;
  for (const char c : entry.name) name += le16(static_cast<std::uint8_t>(c));
  const std::size_t length = name.size() + 2;
  name.resize(64, '\0');
  return name + le16(static_cast<std::uint32_t>(length)) + static_cast<char>(entry.kind) + '\1' +
         le32(kFree) + le32(entry.right) + le32(entry.child) + std::string(36, '\0') +
         le32(entry.start) + le32(static_cast<std::uint32_t>(entry.size)) + le32(0);
}

/// The table names its own sectors too, which stand behind all others.
std::string with_table(Chains& sectors, std::vector<std::uint32_t>& named) {
  std::size_t own = 1;
  while ((sectors.next.size() + own) * 4 > own * kSector) ++own;
  for (std::size_t i = 0; i < own; ++i) {
    named.push_back(static_cast<std::uint32_t>(sectors.next.size()));
    sectors.next.push_back(kTableSector);
  }
  return sectors.bytes + sectors.table();
}

std::string header(std::uint32_t directory, std::uint32_t small_table,
                   const std::vector<std::uint32_t>& table) {
  std::string bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  bytes += std::string(16, '\0') + le16(0x3E) + le16(3) + le16(0xFFFE) + le16(9) + le16(6);
  bytes += std::string(10, '\0') + le32(static_cast<std::uint32_t>(table.size())) +
           le32(directory) + le32(0) + le32(kCutoff) + le32(small_table) + le32(1) +
           le32(kEndOfChain) + le32(0);
  for (const std::uint32_t sector : table) bytes += le32(sector);
  return padded(bytes, kSector, '\xFF');
}

}  // namespace

std::string le16(std::uint32_t value) {
  return {static_cast<char>(value), static_cast<char>(value >> 8U)};
}

std::string le32(std::uint32_t value) { return le16(value) + le16(value >> 16U); }

std::string utf16(std::u16string_view text) {
  std::string bytes;
  for (const char16_t c : text) bytes += le16(c);
  return bytes;
}

std::string compound_of(const std::vector<StreamToWrite>& streams) {
  Chains sectors(kSector);
  Chains small(kSmallSector);
  std::vector<Entry> entries{{.name = "Root Entry", .kind = 5}};
  std::map<std::string, std::size_t> known;
  for (const StreamToWrite& stream : streams) {
    Entry& entry = entries[add_entry(entries, known, stream.path)];
    entry.kind = 2;
    entry.size = stream.content.size();
    entry.start = (entry.size < kCutoff ? small : sectors).add(stream.content);
  }
  entries[0].start = sectors.add(small.bytes);
  entries[0].size = small.bytes.size();
  std::string directory;
  for (const Entry& entry : entries) directory += written(entry);
  const std::uint32_t first_entry = sectors.add(directory);
  const std::uint32_t small_table = small.next.empty() ? kEndOfChain : sectors.add(small.table());
  std::vector<std::uint32_t> table;
  const std::string body = with_table(sectors, table);
  return header(first_entry, small_table, table) + body;
}

}  // namespace huxin::extract::test
