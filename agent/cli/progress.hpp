#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::agent::cli {

/// Draws one line of progress on standard error, if that is a terminal and it is wanted. Hide it
/// before anything else is printed.
class Progress {
 public:
  Progress(std::size_t total, bool wanted);

  void show(std::size_t done, std::string_view name);
  /// The same while the total is still being found out; 0: nobody knows it.
  void show(std::size_t done, std::size_t total, std::string_view name);
  void hide();

 private:
  std::size_t total_;
  bool drawn_ = false;
  bool terminal_;
};

}  // namespace huxin::agent::cli
