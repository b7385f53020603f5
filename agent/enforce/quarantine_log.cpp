#include "agent/enforce/quarantine_log.hpp"

#include <algorithm>
#include <array>

#include "agent/enforce/log_line.hpp"

namespace huxin::enforce {
namespace {

constexpr std::array<std::string_view, 8> kWords{"intent",  "kept",     "done",    "aborted",
                                                 "release", "released", "removed", "destroying"};
constexpr std::size_t kFields = 16;

bool parse_line(std::string_view line, QuarantinedFile& file) {
  using log_line::read_number;
  const auto fields = log_line::open(line);
  if (!fields || fields->size() != kFields) return false;
  const auto& field = *fields;
  const auto word = std::ranges::find(kWords, field[0]);
  if (word == kWords.end()) return false;
  file.step = static_cast<Step>(word - kWords.begin());
  file.id = field[1];
  file.digest = log_line::no_dash(field[13]);
  file.incident = log_line::no_dash(field[14]);
  file.told = field[15] != "untold";
  FileVersion& version = file.version;
  return log_line::read_path(field[2], file.original) &&
         log_line::read_path(field[3], file.release_to) && read_number(field[4], version.device) &&
         read_number(field[5], version.inode) && read_number(field[6], version.mtime_ns) &&
         read_number(field[7], version.ctime_ns) && read_number(field[8], version.size) &&
         read_number(field[9], file.uid) && read_number(field[10], file.gid) &&
         read_number(field[11], file.mode) && read_number(field[12], file.links);
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
  return log_line::close(fmt::format(
      "{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", to_string(file.step), file.id,
      log_line::write_hex(file.original.native()), log_line::write_hex(file.release_to.native()),
      version.device, version.inode, version.mtime_ns, version.ctime_ns, version.size, file.uid,
      file.gid, file.mode, file.links, log_line::or_dash(file.digest),
      log_line::or_dash(file.incident), file.told ? "told" : "untold"));
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
