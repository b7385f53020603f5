#pragma once
#include <memory>

#include "agent/guard/worker.pb.h"
#include "policy/base/file.hpp"
#include "policy/known/document_prints.hpp"
#include "policy/known/exact_filter.hpp"

namespace huxin::guard {

/// What the bank knows, mapped into a worker: read-only, and one copy for all workers. What is
/// handed out shares the mapping and keeps it.
class KnownMemory {
 public:
  /// Maps what the configuration names; nothing when that is nothing. kCorrupt when the file is
  /// shorter than its parts, or a part is not what it should be.
  static Result<KnownMemory> map(const WorkerConfig& config, int file);

  /// Null: the bank gave no list of its customers.
  std::shared_ptr<const known::ExactFilter> exact() const { return exact_; }
  /// Null: the bank gave no documents. The key means nothing then.
  std::shared_ptr<const known::DocumentPrints> prints() const { return prints_; }
  const SipKey& prints_key() const { return prints_key_; }

 private:
  Status open_exact(const WorkerConfig& config, std::shared_ptr<const std::uint8_t> mapping);
  Status open_prints(const WorkerConfig& config, std::shared_ptr<const std::uint8_t> mapping);

  std::shared_ptr<const known::ExactFilter> exact_;
  std::shared_ptr<const known::DocumentPrints> prints_;
  SipKey prints_key_{};
};

}  // namespace huxin::guard
