#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agent/enforce/destroyer.hpp"
#include "agent/enforce/quarantine.hpp"
#include "agent/enforce/residue.hpp"
#include "agent/file_clocks.hpp"
#include "policy/order/order.hpp"
#include "policy/order/statement.hpp"

namespace huxin::agent {

/// What a destruction needs of the terminal. Borrowed; all thread-safe.
struct DestructionTools {
  enforce::Quarantine& quarantine;
  enforce::Destroyer& destroyer;
  const FileClocks& clocks;
  const Secret& digest_key;  ///< the bank's
  const Clock& clock;
  std::function<enforce::ResiduePlaces()> places;
  /// No file lies at this place any longer. May come twice for one.
  std::function<void(const std::filesystem::path&)> gone = [](const auto&) {};
};

/// Carries one destruction out: asks the clocks about every target, destroys what may go, looks for
/// what is left of it, and states all of it. Each step's intent is in the draft, which is kept
/// before the step is taken; after a crash, the same order with the kept draft and the logs of
/// vault and destroyer goes on where it was, and nothing is stated twice or lost.
class DestructionOrder {
 public:
  /// Keeps the draft on disk; a failure stops the destruction before the next step.
  using Keep = std::function<Status(const order::Statement& draft)>;

  /// `draft`: as kept by the last run; none: a fresh order.
  DestructionOrder(DestructionTools tools, const order::Order& order,
                   std::optional<order::Statement> draft, order::Statement fresh, Keep keep);

  /// kUnavailable: the draft could not be kept, or no worker could look into a file; the order is
  /// to be tried again later. Otherwise the whole statement, whatever became of the targets.
  Result<order::Statement> run();

 private:
  struct Found {
    Fd file;
    FileVersion version;
    std::string vault_id;  ///< of a file in quarantine
    std::filesystem::path place;
  };
  const order::Target& target(std::size_t index) const { return destroy_.targets[index]; }
  bool settled(std::size_t index) const;
  bool settle_from_logs(std::size_t index);
  Status look(std::size_t index);
  Result<Found> find(const order::Target& target) const;
  Result<Found> find_in_vault(const order::Target& target) const;
  void carry_out(std::size_t index);
  void look_for_residue();
  void deal_with(const enforce::Trace& trace, const std::filesystem::path& sought_path,
                 order::Residue& residue);
  std::string destroy_trace(const enforce::Trace& trace, const std::filesystem::path& sought_path);
  void state(order::Residue residue);

  DestructionTools tools_;
  const order::Order& order_;
  const order::Destroy& destroy_;
  order::Statement statement_;
  const Keep keep_;
  std::vector<std::optional<Found>> found_;
  /// Where each lay: what an order says of a file in quarantine may have its numbers hidden.
  std::vector<std::filesystem::path> places_;
};

/// "done", "partial: …", "refused: …" or "failed: …", as OrderResult.outcome says it.
std::string outcome_of(const order::Statement& statement);

}  // namespace huxin::agent
