#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::agent::cli {

/// Draws one line of progress on standard error, if that is a terminal and it is wanted. Hide it
/// before anything else is printed. 24 columns of bar and 36 of name; one thread.
class Progress {
 public:
  /// `wanted`: false keeps everything silent, whatever standard error is.
  Progress(std::size_t total, bool wanted);

  /// `name`: printable.
  void show(std::size_t done, std::string_view name);
  /// The same while the total is still being found out; 0: nobody knows it.
  void show(std::size_t done, std::size_t total, std::string_view name);
  /// Does nothing if nothing is drawn.
  void hide();

 private:
  std::size_t total_;
  bool drawn_ = false;
  bool terminal_;
};

}  // namespace huxin::agent::cli
