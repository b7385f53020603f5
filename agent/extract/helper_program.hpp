#pragma once
#include <string>
#include <vector>

#include "agent/extract/child_process.hpp"

namespace huxin::extract {

/// The programs that are run: a cage lets nothing else be executed.
inline constexpr const char* kPdfToText = "/usr/bin/pdftotext";
inline constexpr const char* kPdfToPpm = "/usr/bin/pdftoppm";
inline constexpr const char* kTesseract = "/usr/bin/tesseract";

/// What a program is told to open as its input. Poppler keeps all of what it reads as "-".
inline constexpr const char* kHelperInput = "/proc/self/fd/0";

using HelperExit = ChildExit;

/// Runs a program on bytes: a descriptor as its standard input, its standard output handed to `use`
/// as it comes, no shell, no environment of ours; else as run_child() does. `command`: the
/// program's absolute path and its arguments. The input is copied into a memory file. LANG=C.UTF-8
/// and OMP_THREAD_LIMIT=1 are all its environment holds. kChildFailed is the exit code of one that
/// could not be executed.
HelperExit run_helper(const std::vector<std::string>& command, ByteView input,
                      Extraction& extraction, const UseOutput& use,
                      std::chrono::milliseconds patience = std::chrono::hours(1));

}  // namespace huxin::extract
