#include "agent/extract/archive/attached_archive.hpp"

#include <algorithm>

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kEndRecord = 22;  // bytes of a ZIP's end, without its comment
constexpr std::size_t kMostComment = 0xFFFF;
constexpr std::size_t kMostProgram = std::size_t{2} << 20U;

bool ends_as_zip(ByteView content) {
  const std::size_t from = content.size() - std::min(content.size(), kEndRecord + kMostComment);
  const std::string_view tail = as_text(content.subspan(from));
  for (std::size_t at = tail.rfind("PK\x05\x06"sv); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : tail.rfind("PK\x05\x06"sv, at - 1)) {
    ByteReader comment(content, from + at + kEndRecord - 2);
    const std::size_t length = comment.u16();
    if (!comment.failed() && comment.left() >= length) return true;
  }
  return false;
}

}  // namespace

bool is_program(ByteView content) { return as_text(content).starts_with("MZ"); }

std::optional<AttachedArchive> attached_archive(ByteView content) {
  if (ends_as_zip(content)) return AttachedArchive{ArchiveKind::kZip, content};
  if (!is_program(content)) return std::nullopt;
  const std::string_view program = as_text(content.first(std::min(content.size(), kMostProgram)));
  for (const std::string_view magic : {"7z\xBC\xAF\x27\x1C"sv, "Rar!\x1A\x07"sv}) {
    const std::size_t at = program.find(magic);
    if (at == std::string_view::npos) continue;
    const ByteView archive = content.subspan(at);
    return AttachedArchive{*archive_kind(as_text(archive)), archive};
  }
  return std::nullopt;
}

}  // namespace huxin::extract
