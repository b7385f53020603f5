#pragma once
#include <filesystem>

#include "policy/base/result.hpp"

namespace huxin::journal {

/// A file that takes up space only to give it back: on a full disk the journal still has room for
/// the incidents that matter. One thread. Its blocks are allocated, not only its size.
class Reserve {
 public:
  Reserve(std::filesystem::path file, std::size_t bytes) : file_(std::move(file)), bytes_(bytes) {}

  /// Allocates the file unless it is there; only where twice as much space stays free, so that
  /// giving up and making again do not chase each other. Having too little space is no error. The
  /// disk's other errors are.
  Status make();
  /// Gives the space back; false when there was none to give.
  bool give_up();

 private:
  std::filesystem::path file_;
  std::size_t bytes_;
};

}  // namespace huxin::journal
