#include "agent/cage/landlock.hpp"
#include "agent/extract/helper_program.hpp"
#include "agent/guard/sandbox_parts.hpp"

namespace huxin::guard {

namespace {

using cage::Landlock;

struct Allowed {
  const char* path;
  std::uint64_t access;
};

/// What the helper programs and their libraries open. A path that is absent allows nothing.
constexpr Allowed kAllowed[] = {
    {"/usr/lib", Landlock::kRead},
    {"/lib", Landlock::kRead},
    {"/lib64", Landlock::kRead},
    {"/etc/ld.so.cache", Landlock::kRead},
    {"/etc/fonts", Landlock::kRead},
    {"/usr/share/fonts", Landlock::kRead},
    {"/usr/share/fontconfig", Landlock::kRead},
    {"/usr/share/poppler", Landlock::kRead},
    {"/var/cache/fontconfig", Landlock::kRead},
    {"/dev/null", Landlock::kRead | Landlock::kWrite},
    {"/usr/share/tesseract-ocr", Landlock::kRead},
    {extract::kPdfToText, Landlock::kRun},
    {extract::kPdfToPpm, Landlock::kRun},
    {extract::kTesseract, Landlock::kRun},
    {"/lib64/ld-linux-x86-64.so.2", Landlock::kRun},
    {"/lib/ld-linux-aarch64.so.1", Landlock::kRun},
};

}  // namespace

Status restrict_with_landlock(Protections& protections) {
  const long abi = Landlock::abi();
  if (abi == 0) {
    protections.missing.emplace_back("landlock: not in this kernel, or switched off");
    return {};
  }
  Result<Landlock> rules = Landlock::make(Landlock::Tcp::kNone);
  if (!rules) return std::unexpected(rules.error());
  for (const Allowed& allowed : kAllowed) {
    if (Status done = rules->allow(allowed.path, allowed.access); !done) return done;
  }
  if (Status done = rules->enforce(); !done) return done;
  protections.in_force.push_back(fmt::format("landlock {}", abi));
  return {};
}

}  // namespace huxin::guard
