#include "tests/hostile/packing.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <stdexcept>

#include "tests/hostile/little_endian.hpp"

namespace huxin::hostile {

namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// One block of DEFLATE that ends at a byte and refers to nothing before it.
std::string deflate_block(const std::string& content) {
  z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflate");
  std::string block(::deflateBound(&stream, content.size()) + 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(block.data());
  stream.avail_out = static_cast<uInt>(block.size());
  ::deflate(&stream, Z_FULL_FLUSH);
  block.resize(stream.total_out);
  ::deflateEnd(&stream);
  return block;
}

void add_filter(archive* writer, Filter filter) {
  switch (filter) {
    case Filter::kBzip2:
      archive_write_add_filter_bzip2(writer);
      break;
    case Filter::kXz:
      archive_write_add_filter_xz(writer);
      break;
    case Filter::kZstd:
      archive_write_add_filter_zstd(writer);
      break;
    case Filter::kGzip:
      archive_write_add_filter_gzip(writer);
      break;
  }
}

std::string written(archive* writer, std::string_view name, std::string_view content) {
  std::string out(content.size() + kMebibyte, '\0');
  std::size_t used = 0;
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, std::string(name).c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  const bool good = archive_write_header(writer, entry) >= ARCHIVE_WARN &&
                    archive_write_data(writer, content.data(), content.size()) ==
                        static_cast<la_ssize_t>(content.size());
  archive_entry_free(entry);
  archive_write_free(writer);
  if (!good) throw std::runtime_error("archive");
  out.resize(used);
  return out;
}

}  // namespace

std::string repeated(std::string_view piece, std::size_t times) {
  std::string all;
  all.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

Deflated deflated_run(char of, std::size_t mebibytes) {
  const std::string content(kMebibyte, of);
  const std::string last("\x03\x00", 2);  // an empty final block
  Deflated run{repeated(deflate_block(content), mebibytes) + last, mebibytes * kMebibyte};
  const std::uint32_t crc = crc_of(content);
  for (std::size_t i = 0; i < mebibytes; ++i)
    run.crc = static_cast<std::uint32_t>(::crc32_combine(run.crc, crc, kMebibyte));
  return run;
}

std::string gzip_of(const Deflated& content) {
  return std::string("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10) + content.bytes + u32(content.crc) +
         u32(static_cast<std::uint32_t>(content.size));
}

std::string compressed(std::string_view content, Filter filter) {
  archive* writer = archive_write_new();
  archive_write_set_format_raw(writer);
  add_filter(writer, filter);
  return written(writer, "content", content);
}

std::string tar_of(std::string_view name, std::string_view content, Filter filter) {
  archive* writer = archive_write_new();
  archive_write_set_format_ustar(writer);
  add_filter(writer, filter);
  return written(writer, name, content);
}

}  // namespace huxin::hostile
