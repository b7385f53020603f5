#include "agent/extract/ole/biff.hpp"

#include "agent/extract/ole/code_page.hpp"

namespace huxin::extract {

namespace {
constexpr std::uint16_t kContinue = 0x003C;
}

bool ContinuedReader::next_part() {
  if (part_ + 1 >= parts_.size()) {
    failed_ = true;
    return false;
  }
  reader_ = ByteReader(parts_[++part_]);
  return true;
}

/// Numbers are never split.
ByteReader& ContinuedReader::fetched(std::size_t size) {
  while (reader_.left() < size && next_part()) {
  }
  return reader_;
}

void ContinuedReader::skip(std::size_t size) {
  while (size > reader_.left()) {
    size -= reader_.left();
    if (!next_part()) return;
  }
  reader_.skip(size);
}

void ContinuedReader::append_text(std::string& out, std::size_t count, bool wide) {
  while (count > 0) {
    const std::size_t here = std::min(count, reader_.left() / (wide ? 2 : 1));
    if (here == 0) {
      if (!next_part()) return;
      wide = (reader_.u8() & 1U) != 0;
      continue;
    }
    const ByteView bytes = reader_.take(wide ? here * 2 : here);
    wide ? append_utf16(out, bytes) : append_low_bytes(out, bytes);
    count -= here;
  }
}

bool BiffReader::next(BiffRecord& record) {
  record.at = reader_.at();
  record.type = reader_.u16();
  const std::size_t size = reader_.u16();
  if (reader_.failed()) return false;
  record.body = reader_.take(size);
  cut_ = cut_ || record.body.size() < size;
  return true;
}

ContinuedReader BiffReader::continued(const BiffRecord& record) {
  std::vector<ByteView> parts{record.body};
  for (;;) {
    ByteReader ahead = reader_;
    const bool more = ahead.u16() == kContinue;
    const std::size_t size = ahead.u16();
    if (!more || ahead.failed()) return ContinuedReader(std::move(parts));
    if (const ByteView part = ahead.take(size); !part.empty()) parts.push_back(part);
    reader_ = ahead;
  }
}

}  // namespace huxin::extract
