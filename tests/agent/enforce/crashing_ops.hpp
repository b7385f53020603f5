#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "agent/enforce/file_ops.hpp"

namespace huxin::enforce {

/// Passes everything on to the real steps; `before` and `after` are told the name of each.
class WatchedOps : public FileOps {
 public:
  Result<Fd> open_folder(const std::filesystem::path& folder) override {
    return step("open_folder", [&] { return real_->open_folder(folder); });
  }
  Result<Fd> open_file(int folder, const std::string& name) override {
    return step("open_file", [&] { return real_->open_file(folder, name); });
  }
  Result<Fd> open_writable(int folder, const std::string& name) override {
    return step("open_writable", [&] { return real_->open_writable(folder, name); });
  }
  Status overwrite(int file) override {
    torn_ = [file] { [[maybe_unused]] const ssize_t put = ::pwrite(file, "noise", 5, 0); };
    return step("overwrite", [&] { return real_->overwrite(file); });
  }
  Result<Fd> create(int folder, const std::string& name) override {
    return step("create", [&] { return real_->create(folder, name); });
  }
  Result<Digest> seal(int from, int to, const Secret& key, std::string_view name) override {
    torn_ = [to] { [[maybe_unused]] const ssize_t put = ::write(to, "HUXS", 4); };
    return step("seal", [&] { return real_->seal(from, to, key, name); });
  }
  Result<Digest> unseal(int from, int to, const Secret& key, std::string_view name) override {
    torn_ = [to] { [[maybe_unused]] const ssize_t put = ::write(to, "half", 4); };
    return step("unseal", [&] { return real_->unseal(from, to, key, name); });
  }
  Result<Digest> digest(int file) override {
    return step("digest", [&] { return real_->digest(file); });
  }
  Status sync(int fd) override {
    return step("sync", [&] { return real_->sync(fd); });
  }
  Status restore_owner(int file, unsigned uid, unsigned gid, unsigned mode,
                       std::int64_t mtime) override {
    return step("restore_owner", [&] { return real_->restore_owner(file, uid, gid, mode, mtime); });
  }
  Status rename(int from_folder, const std::string& from, int to_folder,
                const std::string& to) override {
    return step("rename", [&] { return real_->rename(from_folder, from, to_folder, to); });
  }
  Status unlink(int folder, const std::string& name) override {
    return step("unlink", [&] { return real_->unlink(folder, name); });
  }
  Status append(int log, std::string_view line) override {
    torn_ = [log, line] {
      [[maybe_unused]] const ssize_t put = ::write(log, line.data(), line.size() / 2);
    };
    return step("append " + std::string(line.substr(0, line.find(' '))),
                [&] { return real_->append(log, line); });
  }

 protected:
  virtual Status before(const std::string&) { return {}; }
  virtual void after(const std::string&) {}
  std::function<void()> torn_;  ///< does half of the step at hand

 private:
  template <class Do>
  auto step(const std::string& name, const Do& act) -> decltype(act()) {
    if (const Status go = before(name); !go) return std::unexpected(go.error());
    auto done = act();
    after(name);
    torn_ = nullptr;
    return done;
  }
  std::unique_ptr<FileOps> real_ = system_file_ops();
};

enum class Moment { kBefore, kHalfway, kAfter };

/// Ends the process with SIGKILL at its n-th step.
class CrashingOps final : public WatchedOps {
 public:
  CrashingOps(int step, Moment moment) : left_(step), moment_(moment) {}

 private:
  Status before(const std::string&) override {
    if (--left_ != 0 || moment_ == Moment::kAfter) return {};
    if (moment_ == Moment::kHalfway && torn_) torn_();
    ::kill(::getpid(), SIGKILL);
    return {};
  }
  void after(const std::string&) override {
    if (left_ == 0) ::kill(::getpid(), SIGKILL);
  }
  int left_;
  Moment moment_;
};

/// Fails its n-th step, as a full or failing disk does.
class FailingOps final : public WatchedOps {
 public:
  FailingOps(int step, Errc code) : left_(step), code_(code) {}

 private:
  Status before(const std::string& name) override {
    if (--left_ == 0) return fail(code_, "{}", name);
    return {};
  }
  int left_;
  Errc code_;
};

class RecordingOps final : public WatchedOps {
 public:
  explicit RecordingOps(std::vector<std::string>& steps) : steps_(steps) {}

 private:
  Status before(const std::string& name) override {
    steps_.push_back(name);
    return {};
  }
  std::vector<std::string>& steps_;
};

/// Runs in a child; true when it died of SIGKILL.
inline bool dies(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

}  // namespace huxin::enforce
