#include "agent/enforce/quarantine_log.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "policy/base/digest.hpp"

namespace huxin::enforce {
namespace {

constexpr std::array<std::string_view, 7> kWords{"intent",  "kept",     "done",   "aborted",
                                                 "release", "released", "removed"};
constexpr std::size_t kFields = 17;

std::string checksum(std::string_view line) {
  const Digest digest = sha256(as_bytes(line));
  return to_hex(ByteView(digest).first(8));
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const auto end = line.find(' ');
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

template <class Number>
bool read(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_path(std::string_view hex, std::filesystem::path& path) {
  const auto bytes = from_hex(hex == "-" ? std::string_view() : hex);
  if (bytes) path = std::string(as_text(*bytes));
  return bytes.has_value();
}

std::string write_path(const std::filesystem::path& path) {
  return path.empty() ? "-" : to_hex(as_bytes(path.native()));
}

std::string_view or_dash(std::string_view field) { return field.empty() ? "-" : field; }

bool parse_line(std::string_view line, QuarantinedFile& file) {
  const auto last = line.rfind(' ');
  if (last == std::string_view::npos || checksum(line.substr(0, last)) != line.substr(last + 1))
    return false;
  const auto fields = split(line.substr(0, last));
  if (fields.size() != kFields - 1) return false;
  const auto word = std::ranges::find(kWords, fields[0]);
  if (word == kWords.end()) return false;
  file.step = static_cast<Step>(word - kWords.begin());
  file.id = fields[1];
  file.digest = fields[13] == "-" ? "" : fields[13];
  file.incident = fields[14] == "-" ? "" : fields[14];
  file.told = fields[15] != "untold";
  FileVersion& version = file.version;
  return read_path(fields[2], file.original) && read_path(fields[3], file.release_to) &&
         read(fields[4], version.device) && read(fields[5], version.inode) &&
         read(fields[6], version.mtime_ns) && read(fields[7], version.ctime_ns) &&
         read(fields[8], version.size) && read(fields[9], file.uid) && read(fields[10], file.gid) &&
         read(fields[11], file.mode) && read(fields[12], file.links);
}

void merge(std::vector<QuarantinedFile>& files, QuarantinedFile&& file) {
  const auto known = std::ranges::find(files, file.id, &QuarantinedFile::id);
  if (known == files.end()) {
    files.push_back(std::move(file));
  } else {
    *known = std::move(file);
  }
}

}  // namespace

std::string_view to_string(Step step) { return kWords[static_cast<std::size_t>(step)]; }

std::string format_step(const QuarantinedFile& file) {
  const FileVersion& version = file.version;
  const std::string line = fmt::format(
      "{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", to_string(file.step), file.id,
      write_path(file.original), write_path(file.release_to), version.device, version.inode,
      version.mtime_ns, version.ctime_ns, version.size, file.uid, file.gid, file.mode, file.links,
      or_dash(file.digest), or_dash(file.incident), file.told ? "told" : "untold");
  return line + " " + checksum(line) + "\n";
}

Result<std::vector<QuarantinedFile>> parse_log(std::string_view text) {
  std::vector<QuarantinedFile> files;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const bool whole = end != std::string_view::npos;
    QuarantinedFile file;
    const bool good = whole && parse_line(text.substr(0, end), file);
    text.remove_prefix(whole ? end + 1 : text.size());
    if (!good && !text.empty())
      return fail(Errc::kCorrupt, "quarantine log, line {}: checksum or form", number);
    if (good) merge(files, std::move(file));
  }
  return files;
}

}  // namespace huxin::enforce
