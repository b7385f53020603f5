#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::extract::test {

/// A stream of a compound file that a test makes: "__attach_version1.0_#00000000/__substg1.0_3701".
struct StreamToWrite {
  std::string path;  ///< storages before it, divided by '/'; ASCII
  std::string content;
};

/// Writes a compound file of version 3 ([MS-CFB]), small streams in the root's. The children of a
/// storage are a list to the right, no balanced tree.
std::string compound_of(const std::vector<StreamToWrite>& streams);

/// Little-endian numbers, and ASCII in UTF-16.
std::string le16(std::uint32_t value);
std::string le32(std::uint32_t value);
std::string utf16(std::u16string_view text);

}  // namespace huxin::extract::test
