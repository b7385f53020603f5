#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::collector::cli {

/// One line of progress on standard error, where that is a terminal; nothing elsewhere. Removed
/// when it goes out of scope. One thread.
class Progress {
 public:
  /// `what` stands before the percentage.
  Progress(std::string_view what, std::size_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// Redraws when another percent is done.
  void show(std::size_t done);

 private:
  std::string_view what_;
  std::size_t total_;
  std::size_t shown_ = 101;  ///< percent; 101: nothing yet
  bool terminal_;
};

}  // namespace huxin::collector::cli
