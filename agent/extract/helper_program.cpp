#include "agent/extract/helper_program.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "policy/base/file.hpp"

namespace huxin::extract {

namespace {

Fd as_file(ByteView input) {
  Fd file(::memfd_create("helper-input", MFD_CLOEXEC));
  for (std::size_t done = 0; file && done < input.size();) {
    const ssize_t wrote = ::write(file.get(), input.data() + done, input.size() - done);
    if (wrote <= 0) return {};
    done += static_cast<std::size_t>(wrote);
  }
  if (file && ::lseek(file.get(), 0, SEEK_SET) != 0) return {};
  return file;
}

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const std::vector<char*>& arguments, int input,
                         const ChildStreams& streams) {
  static char language[] = "LANG=C.UTF-8";
  static char threads[] = "OMP_THREAD_LIMIT=1";
  static char* environment[] = {language, threads, nullptr};
  if (::dup2(input, 0) == 0 && ::dup2(streams.output, 1) == 1 && ::dup2(streams.errors, 2) == 2) {
    ::execve(arguments[0], arguments.data(), environment);
  }
  ::_exit(kChildFailed);
}

}  // namespace

HelperExit run_helper(const std::vector<std::string>& command, ByteView input,
                      Extraction& extraction, const UseOutput& use,
                      std::chrono::milliseconds patience) {
  const Fd file = as_file(input);
  if (!file) return {};
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return run_child([&](const ChildStreams& streams) { become(arguments, file.get(), streams); },
                   extraction, use, patience);
}

}  // namespace huxin::extract
