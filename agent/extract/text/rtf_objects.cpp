#include "agent/extract/text/rtf_objects.hpp"

#include <fmt/format.h>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/ole/readers.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {
namespace {

constexpr int kNames = 3;  // of the class, the topic and the item, before the object's own bytes

/// Line ends and whatever else is no digit are passed over, and so is half a byte at the end.
Bytes bytes_of(std::string digits) {
  std::erase_if(digits, [](char c) { return !is_hex_digit(c); });
  digits.resize(digits.size() - digits.size() % 2);
  return from_hex(digits).value_or(Bytes{});
}

/// Behind the header, an object is as the packager's stream has it: its size and its bytes.
ByteView native_of(ByteView object) {
  ByteReader reader(object);
  reader.skip(8);  // versions
  for (int i = 0; i < kNames; ++i) reader.skip(reader.u32());
  return reader.left() > 4 ? reader.rest() : ByteView{};
}

}  // namespace

void read_rtf_objects(std::span<const std::string> objects, const std::string& where,
                      Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  for (std::size_t i = 0; i < objects.size() && descent.allowed(); ++i) {
    extraction.enter_member();
    if (extraction.stopped()) return;
    const Bytes object = bytes_of(objects[i]);
    const ByteView native = native_of(object);
    const std::string name = fmt::format("{}!object{}", where, i + 1);
    native.empty() ? void(read_any(object, name, extraction))
                   : read_native(native, name, extraction);
  }
}

}  // namespace huxin::extract
