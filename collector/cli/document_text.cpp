#include "collector/cli/document_text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "policy/base/file.hpp"
#include "policy/text/decode.hpp"

namespace huxin::collector::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kPatience{3};
constexpr std::array<std::string_view, 3> kPlain{".txt", ".text", ".md"};

fs::path agent_beside_us() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  fs::path beside = self.parent_path() / "huxin-agent";
  return !error && fs::exists(beside, error) ? beside : fs::path("/usr/bin/huxin-agent");
}

bool is_plain(const fs::path& file) {
  std::string ending = file.extension();
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::ranges::find(kPlain, ending) != kPlain.end();
}

Result<DocumentText> read_plain(const fs::path& file) {
  const auto bytes = read_file(file, DocumentReader::kLargestFile);
  if (!bytes) return std::unexpected(bytes.error());
  const text::Encoding encoding = text::guess_encoding(as_bytes(*bytes));
  if (encoding == text::Encoding::kBinary)
    return fail(Errc::kUnsupported, "{} is no text", file.string());
  return DocumentText{text::decode(as_bytes(*bytes), encoding).text, true};
}

/// A program whose standard output is read; killed when it is not waited for.
class Running {
 public:
  static Result<Running> start(const fs::path& program, const fs::path& file) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("pipe");
    Running running{Fd(ends[0])};
    const Fd theirs(ends[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    std::string name = program, verb = "text", end = "--", path = file;
    char* arguments[] = {name.data(), verb.data(), end.data(), path.data(), nullptr};
    static char language[] = "LANG=C.UTF-8";
    char* environment[] = {language, nullptr};
    const int error =
        ::posix_spawn(&running.pid_, name.c_str(), &actions, nullptr, arguments, environment);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
      running.pid_ = -1;
      errno = error;
      return fail_errno("run " + program.string());
    }
    return running;
  }

  Running(Running&& other) noexcept
      : output_(std::move(other.output_)), pid_(std::exchange(other.pid_, -1)) {}
  Running& operator=(Running&&) = delete;
  ~Running() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  Result<std::string> read(std::size_t limit) {
    std::string text;
    const auto deadline = Clock::now() + kPatience;
    for (;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
      pollfd ready{output_.get(), POLLIN, 0};
      if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) == 0)
        return fail(Errc::kTimeout, "its text was not there in three minutes");
      const std::size_t used = text.size();
      text.resize(used + (std::size_t{64} << 10U));
      const ssize_t got = ::read(output_.get(), text.data() + used, text.size() - used);
      text.resize(used + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno != EINTR) return fail_errno("read its text");
      if (got == 0) return text;
      if (text.size() > limit)
        return fail(Errc::kTooLarge, "its text has more than {} bytes", limit);
    }
  }

  /// Its exit code; -1: a signal ended it.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  explicit Running(Fd output) : output_(std::move(output)) {}
  Fd output_;
  pid_t pid_ = -1;
};

Result<DocumentText> read_caged(const fs::path& agent, const fs::path& file) {
  std::error_code error;
  if (!fs::exists(agent, error))
    return fail(Errc::kNotFound, "there is no {}; name it by --agent", agent.string());
  if (fs::file_size(file, error) > DocumentReader::kLargestFile)
    return fail(Errc::kTooLarge, "more than {} bytes", DocumentReader::kLargestFile);
  auto running = Running::start(agent, file);
  if (!running) return std::unexpected(running.error());
  auto text = running->read(DocumentReader::kLongestText);
  if (!text) return std::unexpected(text.error());
  const int code = running->wait();
  if (code != 0 && code != 1) return fail(Errc::kUnsupported, "nothing of it can be read");
  return DocumentText{*std::move(text), code == 0};
}

}  // namespace

DocumentReader::DocumentReader(fs::path agent)
    : agent_(agent.empty() ? agent_beside_us() : std::move(agent)) {}

Result<DocumentText> DocumentReader::read(const fs::path& file) const {
  return is_plain(file) ? read_plain(file) : read_caged(agent_, file);
}

}  // namespace huxin::collector::cli
