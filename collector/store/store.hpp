#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/store/audit.hpp"
#include "collector/store/cases.hpp"
#include "collector/store/customer_lists.hpp"
#include "collector/store/evidence.hpp"
#include "collector/store/inventories.hpp"
#include "collector/store/known_data.hpp"
#include "collector/store/orders.hpp"
#include "collector/store/types.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

class Assessment;

/// Keeps everything the collector knows. Implementations: SQLCipher (embedded) now, PostgreSQL
/// later. Thread-safe; every call is one transaction; blocking, so callers keep it off their I/O
/// threads. What a call returned success for is on disk.
///
/// How records are accepted
/// ------------------------
/// A record is kept as the exact bytes the terminal hashed, under (terminal, sequence), with its
/// hash, the hash before it, and the head signature that came with its batch. A batch is kept whole
/// or not at all; a refused batch changes nothing and names the sequence at fault.
///
/// - A sequence already kept with the same hash is a repetition: ignored, so that resending
///   is safe.
/// - A sequence already kept with another hash is a fork, a second version of history: kCorrupt.
/// - A record that leaves sequences out is kept and the gap is noted: a terminal whose journal was
///   lost must be able to go on, and refusing would lose more than the gap did. The gap closes when
///   the missing records arrive after all; until then verify() names it.
/// - A record whose `previous` is not the hash kept before it is kept, noted and named likewise.
/// - A record whose own hash, or whose batch's head signature, does not hold is refused: kCorrupt.
///
/// What verify() proves: every kept record is what the terminal's key vouched for, in the order it
/// was written, and what the officer's list shows is what the records say. An operator who holds
/// the database key can delete the newest records of a terminal and their heads; the terminal's
/// next batch then shows the gap. One who holds the issuing authority's key too can pose as a
/// terminal.
///
/// Reading and writing use a connection each: a call that writes is one transaction, a call that
/// reads sees what was committed when each of its statements began, so that the total of a page may
/// differ from its rows by what came in between. Ids, names and hashes are compared exactly; a
/// `now` is the collector's clock.
/// Errors that any call can return: kNoSpace and kIo from the disk, kCorrupt for a damaged file.
/// Functions handed in (`issue`, `change`, `take`) are called while a lock of the store is held and
/// must not call the store again: it would wait for itself.
class Store {
 public:
  virtual ~Store() = default;

  // Terminals, tokens, certificates.

  /// Keeps an enrolment token by its SHA-256; the token itself is shown once and not kept. kExists
  /// when the digest is there already.
  virtual Status add_token(ByteView token_digest, std::string_view branch, Time expires) = 0;
  /// Signs a certificate for the terminal id it is given; returns it as DER.
  using Issue = std::function<Result<Bytes>(std::string_view terminal)>;
  /// Uses a token up, adds a terminal and keeps its first certificate, all or nothing; a failing
  /// `issue` leaves the token unused. kDenied names what is wrong with the token: "unknown token",
  /// "token used", "token expired". The token's digest is compared, not the token. A hostname is
  /// untrusted and cut to 255 bytes. The returned terminal has its id, branch, hostname and
  /// certificate set; ids count up from T-000001 and are never given twice.
  virtual Result<Terminal> enrol(ByteView token_digest, std::string_view hostname, Time now,
                                 const Issue& issue) = 0;
  /// Keeps a further certificate (DER) of a terminal; earlier ones stay good until they expire. Its
  /// SHA-256 becomes Terminal::certificate. kExists when it is kept already.
  virtual Status add_certificate(std::string_view terminal, ByteView certificate, Time now) = 0;
  /// A kept certificate (DER) by its SHA-256, hex. nullopt: none. Lower-case hex, without a prefix.
  virtual Result<std::optional<Bytes>> certificate(std::string_view sha256) = 0;
  /// Says whether a certificate (SHA-256, hex) may speak for a terminal.
  virtual Result<Standing> standing(std::string_view terminal, std::string_view certificate) = 0;
  /// Bars a terminal and every certificate it has or had; kNotFound when there is none. A second
  /// time changes nothing: the first moment stays. There is no way back; the terminal has to enrol
  /// as a new one.
  virtual Status revoke(std::string_view terminal, Time now) = 0;
  /// nullopt when there is no such terminal.
  virtual Result<std::optional<Terminal>> terminal(std::string_view id) = 0;
  /// All, revoked ones too, in the order they were enrolled.
  virtual Result<std::vector<Terminal>> terminals() = 0;
  /// Replaces what is known of a terminal's state by what this beat says, and adds to its presence
  /// of the day. kNotFound when there is no such terminal; revoked ones are the caller's to refuse.
  virtual Status heartbeat(std::string_view terminal, const record::Heartbeat& beat, Time now) = 0;

  // Records.
  /// Keeps a batch that came under a certificate (SHA-256, hex) of the terminal; see above. Beyond
  /// the rules above: kTooLarge for more than 500 records; kInvalid for sequences that do not
  /// ascend, lie beyond 2^62 or hashes that are not 32 bytes; kDenied for a certificate that is not
  /// the terminal's; kNotFound for an unknown terminal. An empty batch is accepted. A record whose
  /// payload this collector cannot read is kept and counted.
  virtual Result<Accepted> accept(std::string_view terminal, std::string_view certificate,
                                  const record::Batch& batch, Time now) = 0;
  /// Re-computes every chain, every head signature and every indexed incident from the kept bytes.
  /// Reads everything, as of one moment; other reads wait meanwhile, writes do not. An error means
  /// that it could not be checked; what does not hold is in the result.
  virtual Result<Verification> verify() = 0;

  // Review.
  /// Newest first. The incidents of a page come without findings, trace and evidence. By the
  /// terminals' clocks. kCorrupt names a record whose list entry cannot be read.
  virtual Result<IncidentPage> incidents(const IncidentFilter& filter) = 0;
  /// Hands over every incident that the filter admits, whatever its limit, as of one moment. Newest
  /// first, in the short form of incidents(); from the filter's offset on. Other reads wait until
  /// it returns.
  virtual Status each_incident(const IncidentFilter& filter,
                               const std::function<void(StoredIncident&&)>& take) = 0;
  /// How many records are kept whose payload cannot be read: incidents may be among them.
  virtual Result<std::uint64_t> unreadable() = 0;
  /// One incident, whole; nullopt also when it is not for this audience. Read from the record's own
  /// bytes, with findings, trace and sealed evidence. kCorrupt when those cannot be read.
  virtual Result<std::optional<StoredIncident>> incident(std::string_view id,
                                                         Audience audience) = 0;
  /// Counts of all incidents, and by UTC day from `since` on.
  virtual Result<Summary> summary(Time since, Audience audience) = 0;

  /// The rooms below belong to the store and live as long as it does.
  virtual Cases& cases() = 0;
  virtual ReviewerKeys& reviewer_keys() = 0;
  virtual Reveals& reveals() = 0;

  // Users.
  /// Adds an account; kExists when its name is taken.
  virtual Status add_user(const User& user) = 0;
  /// Adds an account, or puts all of it anew.
  virtual Status save_user(const User& user) = 0;
  /// Lets `change` alter an account as it is now, in one transaction with saving it, so that two
  /// changes at once lose neither; what `change` fails with is returned and nothing is saved.
  /// kNotFound: no such account. Returns the account as saved.
  virtual Result<User> change_user(std::string_view name,
                                   const std::function<Status(User&)>& change) = 0;
  virtual Result<std::optional<User>> user(std::string_view name) = 0;
  /// By name, disabled and ended ones too.
  virtual Result<std::vector<User>> users() = 0;

  // Policy bundles, newest wins.
  /// The serial for the next publication: one more than the newest. 1 when nothing was published
  /// yet. Nothing is reserved: see publish_bundle.
  virtual Result<std::uint64_t> next_serial() = 0;
  /// kExists when another publication took the serial first. Keeps a bundle; the one with
  /// the highest serial is in force from then on. Of bundles over 1 MiB the newest ten are kept
  /// whole, of older ones the digest.
  virtual Status publish_bundle(const PublishedBundle& bundle, Time now) = 0;
  /// nullopt until something was published.
  virtual Result<std::optional<PublishedBundle>> current_bundle() = 0;
  /// Its digest alone: asked with every heartbeat, so that bundles are read only to be sent.
  virtual Result<std::optional<Bytes>> current_bundle_digest() = 0;

  // Rooms with a book of their own.
  virtual Assessment& assessment() = 0;

  /// Counts events that are in no chain (an unknown agent refused, a revoked certificate). At most
  /// 1,000 details are told apart for each `what`; the rest count as "(other)". A detail is cut to
  /// 200 bytes; it may come from a stranger and never holds a secret.
  virtual Status count(std::string_view what, std::string_view detail, std::uint64_t by,
                       Time now) = 0;
  /// By what, then by detail.
  virtual Result<std::vector<Counter>> counters() = 0;

  // Subjects of their own.
  virtual Audit& audit() = 0;
  virtual Orders& orders() = 0;
  virtual Inventories& inventories() = 0;
  virtual CustomerLists& customer_lists() = 0;
  virtual KnownData& known_data() = 0;
};

/// Opens or makes the embedded store: one SQLCipher file, also while another process has it open.
/// kCorrupt for a wrong key or a damaged file. Brings the tables up to date first (schema_steps). A
/// file of a newer collector is refused. The key is copied into the connections and not kept
/// elsewhere.
Result<std::unique_ptr<Store>> open_sealed_store(const std::filesystem::path& file,
                                                 const Secret& key);

}  // namespace huxin::store
