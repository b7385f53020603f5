#include "policy/detect/pattern_cache.hpp"

#include "policy/base/file.hpp"

namespace huxin::detect {
namespace {

constexpr std::string_view kMagic = "HXPS0001";
constexpr std::size_t kHeader = kMagic.size() + 2 * sizeof(Digest);

}  // namespace

PatternCache::PatternCache(std::filesystem::path folder, std::string_view fingerprint)
    : key_(sha256(as_bytes(fingerprint))) {
  file_ = std::move(folder) / (to_hex(ByteView(key_).first(16)) + ".patterns");
}

Result<std::optional<std::string>> PatternCache::load() const {
  auto content = read_file(file_);
  if (!content) {
    if (content.error().code == Errc::kNotFound) return std::nullopt;
    return std::unexpected(content.error());
  }
  const std::string_view all = *content;
  if (all.size() < kHeader || !all.starts_with(kMagic)) {
    return fail(Errc::kCorrupt, "{}: no compiled patterns", file_.string());
  }
  const std::string_view body = all.substr(kHeader);
  const Digest digest = sha256(as_bytes(body));
  if (all.substr(kMagic.size(), sizeof(Digest)) != as_text(key_) ||
      all.substr(kMagic.size() + sizeof(Digest), sizeof(Digest)) != as_text(digest)) {
    return fail(Errc::kCorrupt, "{}: the digest does not match", file_.string());
  }
  return std::string(body);
}

Status PatternCache::store(std::string_view body) const {
  std::error_code problem;
  if (std::filesystem::create_directories(file_.parent_path(), problem)) {
    std::filesystem::permissions(file_.parent_path(), std::filesystem::perms::owner_all, problem);
  }
  if (problem) return fail(Errc::kIo, "{}: {}", file_.parent_path().string(), problem.message());
  const Digest digest = sha256(as_bytes(body));
  std::string content(kMagic);
  content += as_text(key_);
  content += as_text(digest);
  content += body;
  return write_file_atomically(file_, as_bytes(content), 0600);
}

}  // namespace huxin::detect
