#pragma once
#include <xcb/xcb.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "policy/base/result.hpp"

namespace huxin::session {

/// Frees what xcb allocated.
struct FreeReply {
  void operator()(void* reply) const { std::free(reply); }
};
template <class T>
using Reply = std::unique_ptr<T, FreeReply>;

/// The names this program uses, as the X server numbers them.
struct Atoms {
  xcb_atom_t clipboard = 0, primary = 0;
  xcb_atom_t targets = 0, incr = 0, utf8_string = 0, text = 0, plain_utf8 = 0, html = 0,
             uri_list = 0;
  xcb_atom_t transfer_clipboard = 0, transfer_primary = 0;  ///< properties on our window
};

/// A connection to an X server with an unmapped window of our own, told of every change of owner of
/// CLIPBOARD and PRIMARY. Not thread-safe.
class X11Display {
 public:
  /// kUnavailable: no such display; kUnsupported: it lacks XFixes. `name` as in DISPLAY; empty:
  /// what DISPLAY says.
  static Result<std::unique_ptr<X11Display>> open(const std::string& name);
  ~X11Display();
  X11Display(const X11Display&) = delete;
  X11Display& operator=(const X11Display&) = delete;

  xcb_connection_t* connection() const { return connection_; }
  /// To poll for reading; events may wait in xcb's queue without it.
  int fd() const;
  xcb_window_t window() const { return window_; }
  const Atoms& atoms() const { return atoms_; }
  std::uint8_t first_fixes_event() const { return first_fixes_event_; }
  /// The largest property one request can set. In bytes.
  std::size_t max_property() const;

  /// 0: nobody. Asks the server, and waits.
  xcb_window_t owner(xcb_atom_t selection) const;
  /// Process that made the window, as the server knows it; 0: not local, or the server cannot say.
  std::int32_t process_of(xcb_window_t window) const;
  /// Class of the window, printable ASCII; may be empty. At most 256 bytes, and the window's own
  /// word.
  std::string class_of(xcb_window_t window) const;

 private:
  explicit X11Display(xcb_connection_t* connection) : connection_(connection) {}
  /// Makes the window and asks for the events; kUnsupported: no XFixes, no screen.
  Status prepare();
  xcb_atom_t intern(std::string_view name) const;
  void intern_all();

  xcb_connection_t* connection_;
  xcb_window_t root_ = 0;
  xcb_window_t window_ = 0;
  Atoms atoms_;
  std::uint8_t first_fixes_event_ = 0;
  bool has_res_ = false;
};

}  // namespace huxin::session
