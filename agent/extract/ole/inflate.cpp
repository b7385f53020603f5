#include "agent/extract/ole/inflate.hpp"

#include <zlib.h>

#include <new>

namespace huxin::extract {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;

class Inflater {
 public:
  explicit Inflater(ByteView packed) {
    stream_.next_in = const_cast<Bytef*>(packed.data());  // zlib's type; it does not write there
    stream_.avail_in = static_cast<uInt>(packed.size());
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Appends at most a chunk; a code of zlib.
  int more(Bytes& out) {
    const std::size_t before = out.size();
    out.resize(before + kChunk);
    stream_.next_out = out.data() + before;
    stream_.avail_out = static_cast<uInt>(kChunk);
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    out.resize(out.size() - stream_.avail_out);
    return code;
  }

 private:
  z_stream stream_{};
};

}  // namespace

Bytes inflate(ByteView packed, Extraction& extraction) {
  Inflater inflater(packed);
  Bytes out;
  int code = Z_OK;
  while (code == Z_OK && !extraction.stopped()) {
    const std::size_t before = out.size();
    code = inflater.more(out);
    extraction.spend(packed.size(), out.size(), out.size() - before);
  }
  if (code != Z_STREAM_END && !extraction.stopped()) extraction.lose("corrupt");
  return out;
}

}  // namespace huxin::extract
