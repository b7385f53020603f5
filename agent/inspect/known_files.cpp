#include "agent/inspect/known_files.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "policy/known/document_prints.hpp"
#include "policy/known/exact_filter.hpp"

namespace huxin::inspect {
namespace {

Status append(int file, ByteView part) {
  while (!part.empty()) {
    const ssize_t wrote = ::write(file, part.data(), part.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return fail_errno("write what the bank knows");
    part = part.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

/// Sealed: workers map the same pages, and one of them might be taken over.
Result<std::shared_ptr<const Fd>> sealed_file(ByteView exact, ByteView prints) {
  auto file = std::make_shared<const Fd>(::memfd_create("known", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!*file) return fail_errno("memfd_create");
  for (const ByteView part : {exact, prints}) {
    if (const Status written = append(file->get(), part); !written)
      return std::unexpected(written.error());
  }
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  if (::fcntl(file->get(), F_ADD_SEALS, kSeals) != 0) return fail_errno("seal what the bank knows");
  return file;
}

}  // namespace

Result<KnownFiles> KnownFiles::make(ByteView exact, ByteView prints) {
  KnownFiles files;
  if (exact.empty() && prints.empty()) return files;
  if (!exact.empty()) {
    if (const Status whole = known::check_exact(exact); !whole)
      return std::unexpected(whole.error());
    files.exact_salt = known::read_exact_header(exact)->salt;
  }
  if (!prints.empty()) {
    if (const Status whole = known::check_prints(prints); !whole)
      return std::unexpected(whole.error());
    const ByteView salt = known::DocumentPrints::open(prints)->salt();
    files.prints_salt.assign(salt.begin(), salt.end());
  }
  auto file = sealed_file(exact, prints);
  if (!file) return std::unexpected(file.error());
  files.file = *std::move(file);
  files.exact_bytes = exact.size();
  files.prints_bytes = prints.size();
  return files;
}

}  // namespace huxin::inspect
