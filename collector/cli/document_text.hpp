#pragma once
#include <filesystem>
#include <string>

#include "policy/base/result.hpp"

namespace huxin::collector::cli {

/// A document's text, and whether all of it.
struct DocumentText {
  std::string text;
  bool whole = true;
};

/// Reads the texts of documents. Plain text (by its ending, .txt, .text or .md) is decoded here;
/// everything else is hostile to parsers and goes to `huxin-agent text`, which reads it in a cage
/// of its own.
class DocumentReader {
 public:
  static constexpr std::size_t kLargestFile = std::size_t{64} << 20U;  ///< bytes
  static constexpr std::size_t kLongestText = std::size_t{16} << 20U;  ///< bytes of one document

  /// `agent`: the program; empty: huxin-agent beside this program, else in /usr/bin.
  explicit DocumentReader(std::filesystem::path agent);

  /// kNotFound: there is no huxin-agent to ask; kTooLarge over a limit; kUnsupported: nothing of it
  /// can be read (its reason is the agent's to tell); kTimeout after three minutes.
  Result<DocumentText> read(const std::filesystem::path& file) const;

 private:
  std::filesystem::path agent_;
};

}  // namespace huxin::collector::cli
