#include "agent/watch/network/held_body.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>

namespace huxin::watch {
namespace {

/// Owns a zlib inflater.
class Inflater {
 public:
  explicit Inflater(int window_bits) { ready_ = ::inflateInit2(&stream_, window_bits) == Z_OK; }
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream& stream() { return stream_; }
  bool ready() const { return ready_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

constexpr int kGzipOrZlib = 15 + 32;
constexpr int kRawDeflate = -15;
using Block = std::array<std::uint8_t, 65536>;

Status check_limits(std::uint64_t out, std::uint64_t in, const DecodeLimits& limits) {
  constexpr std::uint64_t kFree = std::uint64_t{1} << 20U;
  if (out > limits.max_output)
    return fail(Errc::kTooLarge, "decoded body is over {} bytes", limits.max_output);
  if (out > kFree && out / limits.max_ratio > in) {
    return fail(Errc::kTooLarge, "body unpacks to more than {} times its size", limits.max_ratio);
  }
  return {};
}

/// Inflates one block of input into `out`; true at the end of the stream.
Result<bool> inflate_block(z_stream& stream, std::uint64_t consumed, const DecodeLimits& limits,
                           HeldBody& out) {
  Block unpacked;
  int status = Z_OK;
  do {
    stream.next_out = unpacked.data();
    stream.avail_out = unpacked.size();
    status = ::inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      return fail(Errc::kCorrupt, "body is not what its Content-Encoding says");
    }
    const std::size_t got = unpacked.size() - stream.avail_out;
    if (Status kept = out.append(ByteView(unpacked.data(), got)); !kept)
      return std::unexpected(kept.error());
    if (Status within = check_limits(out.size(), consumed, limits); !within)
      return std::unexpected(within.error());
  } while (status == Z_OK && stream.avail_out == 0);
  return status == Z_STREAM_END;
}

Result<HeldBody> inflate_body(const HeldBody& body, int window_bits, const DecodeLimits& limits,
                              std::uint64_t& total) {
  Inflater inflater(window_bits);
  auto out = HeldBody::make(total);
  if (!inflater.ready() || !out) return fail(Errc::kInternal, "no memory to decode");
  Block packed;
  std::uint64_t offset = 0;
  for (;;) {
    const auto got = body.read(offset, packed);
    if (!got) return std::unexpected(got.error());
    if (*got == 0) return fail(Errc::kCorrupt, "encoded body ends early");
    offset += *got;
    inflater.stream().next_in = packed.data();
    inflater.stream().avail_in = static_cast<unsigned>(*got);
    const auto ended = inflate_block(inflater.stream(), offset, limits, *out);
    if (!ended) return std::unexpected(ended.error());
    if (!*ended) continue;
    // What follows the stream would reach the server unseen: a second member, or a rest.
    if (inflater.stream().avail_in != 0 || offset != body.size()) {
      return fail(Errc::kCorrupt, "bytes after the end of the encoded body");
    }
    return out;
  }
}

}  // namespace

Result<HeldBody> HeldBody::make(std::uint64_t& total) {
  Fd fd(::memfd_create("huxin-body", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return fail_errno("memfd_create");
  return HeldBody(std::move(fd), total);
}

HeldBody::HeldBody(HeldBody&& other) noexcept
    : fd_(std::move(other.fd_)), total_(other.total_), size_(std::exchange(other.size_, 0)) {}

HeldBody& HeldBody::operator=(HeldBody&& other) noexcept {
  if (this != &other) {
    *total_ -= size_;
    fd_ = std::move(other.fd_);
    total_ = other.total_;
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

HeldBody::~HeldBody() { *total_ -= size_; }

Status HeldBody::append(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail_errno("hold body");
    const auto count = static_cast<std::size_t>(written);
    size_ += count;
    *total_ += count;
    bytes = bytes.subspan(count);
  }
  return {};
}

Result<std::size_t> HeldBody::read(std::uint64_t offset, std::span<std::uint8_t> space) const {
  const ssize_t got = ::pread(fd_.get(), space.data(), space.size(), static_cast<off_t>(offset));
  if (got < 0) return fail_errno("read held body");
  return static_cast<std::size_t>(got);
}

Status HeldBody::seal() {
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (::fcntl(fd_.get(), F_ADD_SEALS, kSeals) != 0) return fail_errno("seal body");
  return {};
}

Result<HeldBody> decode_body(const HeldBody& body, std::string_view encoding,
                             const DecodeLimits& limits, std::uint64_t& total) {
  if (encoding == "gzip" || encoding == "x-gzip")
    return inflate_body(body, kGzipOrZlib, limits, total);
  if (encoding != "deflate") return fail(Errc::kUnsupported, "content encoding");
  // "deflate" is zlib's format by the standard and a raw stream by the habit of some clients.
  auto decoded = inflate_body(body, kGzipOrZlib, limits, total);
  if (decoded || decoded.error().code != Errc::kCorrupt) return decoded;
  return inflate_body(body, kRawDeflate, limits, total);
}

}  // namespace huxin::watch
