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
/// `places` is called once a run, when something was destroyed: what it names is searched.
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
///
/// An order is carried out as far as it goes: a target that may not go or cannot be destroyed
/// hinders no other. Targets come from a signed order, but their paths are taken as hostile: no
/// link is followed, and only regular files are opened. A path with hidden numbers (`*`) stands for
/// the one file of its folder that looks so; two such are refused.
///
/// Used by one thread, once.
class DestructionOrder {
 public:
  /// Keeps the draft on disk; a failure stops the destruction before the next step. Called twice
  /// before anything is destroyed for good and before traces are; must be durable when it returns
  /// success.
  using Keep = std::function<Status(const order::Statement& draft)>;

  /// `draft`: as kept by the last run; none: a fresh order.
  /// `order` must be a destruction, verified, and outlive this. `fresh`: a statement without items,
  /// used when there is no draft; both hold one item a target afterwards, in the order's order.
  DestructionOrder(DestructionTools tools, const order::Order& order,
                   std::optional<order::Statement> draft, order::Statement fresh, Keep keep);

  /// kUnavailable: the draft could not be kept, or no worker could look into a file; the order is
  /// to be tried again later. Otherwise the whole statement, whatever became of the targets.
  /// Each item says what became of it: destroyed, absent (no such file), refused (the clocks, an
  /// investigation, or no regular file) or failed, with a note in Chinese and English. A file in
  /// quarantine is read whole to ask the clocks, so one beyond 256 MiB fails. Traces beyond 96 KiB
  /// of the statement are dealt with, but only counted (residue_unlisted).
  Result<order::Statement> run();

 private:
  /// A target that may go, between the clocks' answer and its destruction.
  struct Found {
    Fd file;
    /// What must still be there when it is destroyed.
    FileVersion version;
    std::string vault_id;  ///< of a file in quarantine
    std::filesystem::path place;
  };
  const order::Target& target(std::size_t index) const { return destroy_.targets[index]; }
  /// Does its item tell an end, from an earlier run?
  bool settled(std::size_t index) const;
  /// True: the log of vault or destroyer says that it was destroyed before a crash.
  bool settle_from_logs(std::size_t index);
  /// An error only when a worker could not answer just now.
  Status look(std::size_t index);
  /// kNotFound: no such file; kInvalid: several fit, or it is no regular file; kDenied: a link.
  Result<Found> find(const order::Target& target) const;
  /// By its incident; kNotFound unless the vault holds it whole.
  Result<Found> find_in_vault(const order::Target& target) const;
  /// Destroys what the clocks let go, if it still is the version that was looked at.
  void carry_out(std::size_t index);
  /// Searches for traces of what is destroyed or absent, and destroys or reports them as ordered.
  void look_for_residue();
  /// By the order: reported, destroyed, or what kept it from being looked at.
  void deal_with(const enforce::Trace& trace, const std::filesystem::path& sought_path,
                 order::Residue& residue);
  /// Returns "destroyed", "reported: …" or "failed: …". A trace that is not the same content is a
  /// file of its own and goes only if the clocks let it.
  std::string destroy_trace(const enforce::Trace& trace, const std::filesystem::path& sought_path);
  /// Lists a trace, or counts it when the statement is full.
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

/// "done", "partial: …", "refused: …" or "failed: …", as OrderResult.outcome says it. "done": every
/// target is destroyed or was absent. "partial: n/all; …": some are. "refused": none, and all were
/// refused; "failed": none otherwise. The text behind the colon is the first target that did not go
/// and its note.
std::string outcome_of(const order::Statement& statement);

}  // namespace huxin::agent
