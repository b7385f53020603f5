#pragma once
#include <memory>

#include "policy/base/bytes.hpp"
#include "policy/base/file.hpp"

namespace huxin::inspect {

/// What the bank knows of its customers and documents, as it came in a bundle: in one sealed memory
/// file, which nobody can change any more and all workers map. Immutable.
struct KnownFiles {
  /// Checks both files, once and wholly, and puts them into memory; each may be empty. kCorrupt
  /// when one is not what it should be.
  static Result<KnownFiles> make(ByteView exact, ByteView prints);

  std::shared_ptr<const Fd> file;                 ///< null: both are empty
  std::size_t exact_bytes = 0, prints_bytes = 0;  ///< the first part, and the one behind it
  Bytes exact_salt, prints_salt;                  ///< for known::derive_key
};

}  // namespace huxin::inspect
