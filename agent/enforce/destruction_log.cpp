#include "agent/enforce/destruction_log.hpp"

#include <algorithm>
#include <array>

#include "agent/enforce/log_line.hpp"

namespace huxin::enforce {
namespace {

constexpr std::array<std::string_view, 4> kWords{"intent", "destroying", "gone", "aborted"};
constexpr std::size_t kFields = 13;

bool parse_line(std::string_view line, Destruction& read) {
  using log_line::read_number;
  const auto fields = log_line::open(line);
  if (!fields || fields->size() != kFields) return false;
  const auto& field = *fields;
  const auto* const word = std::ranges::find(kWords, field[0]);
  const auto method = order::method_from(field[9]);
  if (word == kWords.end() || !method) return false;
  read.step = static_cast<DestructionStep>(word - kWords.begin());
  read.id = field[1];
  read.order = log_line::no_dash(field[2]);
  read.method = *method;
  read.digest = log_line::no_dash(field[10]);
  read.told = field[12] == "told";
  return log_line::read_path(field[3], read.path) && read_number(field[4], read.version.device) &&
         read_number(field[5], read.version.inode) &&
         read_number(field[6], read.version.mtime_ns) &&
         read_number(field[7], read.version.ctime_ns) && read_number(field[8], read.version.size) &&
         log_line::read_hex(field[11], read.note);
}

}  // namespace

std::string_view to_string(DestructionStep step) { return kWords[static_cast<std::size_t>(step)]; }

std::string format_step(const Destruction& destruction) {
  const FileVersion& version = destruction.version;
  return log_line::close(fmt::format(
      "{} {} {} {} {} {} {} {} {} {} {} {} {}", to_string(destruction.step), destruction.id,
      log_line::or_dash(destruction.order), log_line::write_hex(destruction.path.native()),
      version.device, version.inode, version.mtime_ns, version.ctime_ns, version.size,
      order::to_string(destruction.method), log_line::or_dash(destruction.digest),
      log_line::write_hex(destruction.note), destruction.told ? "told" : "untold"));
}

Result<std::vector<Destruction>> parse_destruction_log(std::string_view text) {
  std::vector<Destruction> all;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const bool whole = end != std::string_view::npos;
    Destruction read;
    const bool good = whole && parse_line(text.substr(0, end), read);
    text.remove_prefix(whole ? end + 1 : text.size());
    if (!good && !text.empty())
      return fail(Errc::kCorrupt, "destruction log, line {}: checksum or form", number);
    if (!good) continue;
    const auto known = std::ranges::find(all, read.id, &Destruction::id);
    if (known == all.end()) {
      all.push_back(std::move(read));
    } else {
      *known = std::move(read);
    }
  }
  return all;
}

}  // namespace huxin::enforce
