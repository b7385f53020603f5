#include "tests/support/zip_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace huxin::test {

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out(1024, '\0');
  for (const auto& [name, content] : members)
    out.resize(out.size() + name.size() * 3 + content.size() + 1024);
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    const bool good = archive_write_header(writer, entry) >= ARCHIVE_WARN &&
                      archive_write_data(writer, content.data(), content.size()) ==
                          static_cast<la_ssize_t>(content.size());
    archive_entry_free(entry);
    if (!good) throw std::runtime_error("zip: " + name);
  }
  archive_write_free(writer);
  out.resize(used);
  return out;
}

}  // namespace huxin::test
