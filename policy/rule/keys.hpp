#pragma once
#include <array>
#include <string_view>

/// The keys of each mapping of a policy, as schema/policy.schema.json publishes them too.
namespace huxin::rule::keys {

/// `policy` and `rules` are required. An unknown key anywhere is an error (E010), so a key can be
/// added in a new version, but not ignored by an old one.
inline constexpr std::array<std::string_view, 5> kTop{"policy", "inspection", "watch", "profiles",
                                                      "rules"};
/// policy: all required; id and version are identifiers of up to 64 characters.
inline constexpr std::array<std::string_view, 3> kPolicy{"id", "version", "mode"};
/// inspection: see InspectionSettings for units and defaults.
inline constexpr std::array<std::string_view, 11> kInspection{
    "min_confidence", "max_bytes", "max_output",    "max_ratio",   "max_entries", "max_depth",
    "max_memory",     "deadline",  "open_deadline", "fail_closed", "pictures"};
/// inspection.pictures: see PictureSettings.
inline constexpr std::array<std::string_view, 5> kPictures{"codes", "ocr", "max_pixels",
                                                           "max_pages", "page_deadline"};
/// watch: see WatchSettings. Paths are absolute and without "..".
inline constexpr std::array<std::string_view, 11> kWatch{
    "directories", "guarded",      "exclude", "clipboard", "network", "ports",
    "networks",    "tunnel_hosts", "notify",  "teller",    "discover"};
/// watch.teller: processes are required, globs of executables; users are globs of accounts.
inline constexpr std::array<std::string_view, 2> kTeller{"processes", "users"};
/// An entry of profiles: id, zh, en and elements are required, and one of paths, processes, sites.
inline constexpr std::array<std::string_view, 8> kProfile{"id",    "zh",        "en",    "elements",
                                                          "paths", "processes", "sites", "keep"};
/// watch.discover: `at` is local time, 02:00; `days` need it.
inline constexpr std::array<std::string_view, 5> kDiscover{"folders", "exclude", "at", "days",
                                                           "pause_when_busy"};
/// An entry of rules: id, zh, en, when and action are required.
inline constexpr std::array<std::string_view, 8> kRule{"id",     "zh",       "en",      "when",
                                                       "action", "severity", "domains", "clauses"};
/// rules[].when: what it does not name it does not ask for; see Match.
inline constexpr std::array<std::string_view, 22> kWhen{
    "stage",     "channel",       "elements", "level",      "customers", "findings",
    "exact",     "fingerprint",   "user",     "process",    "path",      "destination",
    "operation", "not",           "time",     "coverage",   "profile",   "surplus",
    "overdue",   "authorisation", "teller",   "institution"};
/// rules[].when.not: exceptions; one that fits takes the event out of the rule.
inline constexpr std::array<std::string_view, 6> kNot{"user",        "process", "path",
                                                      "destination", "teller",  "institution"};
/// rules[].when.fingerprint: least is required, a share from 0.1 to 1; documents are globs of
/// names.
inline constexpr std::array<std::string_view, 2> kFingerprint{"least", "documents"};
/// rules[].when.time: local; from and to go together, and may wrap midnight.
inline constexpr std::array<std::string_view, 3> kTime{"from", "to", "days"};

/// Below: the words that a key takes, as they are written in a policy.
inline constexpr std::array<std::string_view, 2> kModes{"simulate", "enforce"};
inline constexpr std::array<std::string_view, 4> kStages{"collect", "use", "store", "destroy"};
inline constexpr std::array<std::string_view, 6> kChannels{"file",    "file_open", "clipboard",
                                                           "network", "removable", "print"};
inline constexpr std::array<std::string_view, 5> kActions{"allow", "audit", "mask", "block",
                                                          "quarantine"};
inline constexpr std::array<std::string_view, 4> kSeverities{"S1", "S2", "S3", "S4"};
inline constexpr std::array<std::string_view, 3> kLevels{"C1", "C2", "C3"};
inline constexpr std::array<std::string_view, 3> kAuthorisations{"matched", "missing", "expired"};
/// "all" stands for the four.
inline constexpr std::array<std::string_view, 5> kDomains{"credit", "payment", "aml", "it", "all"};
inline constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

/// What may be recorded of content that was not, or not wholly, inspected, and reaches rules: of
/// files, then of what the network and the clipboard hold. ARCHITECTURE.md tells their meaning.
inline constexpr std::array<std::string_view, 26> kReasons{"encrypted",
                                                           "bomb",
                                                           "too_deep",
                                                           "too_many_entries",
                                                           "too_large",
                                                           "timeout",
                                                           "too_many_pictures",
                                                           "no_tesseract",
                                                           "no_text",
                                                           "no_pdftotext",
                                                           "corrupt",
                                                           "unsupported",
                                                           "changed",
                                                           "unreadable",
                                                           "worker_crashed",
                                                           "no_worker",
                                                           "detector_failed",
                                                           "stream_lost",
                                                           "incomplete",
                                                           "encoded",
                                                           "websocket",
                                                           "proxy_connect",
                                                           "tunnel_host",
                                                           "unknown_protocol",
                                                           "client_certificate",
                                                           "tunnel_host_unverified"};

}  // namespace huxin::rule::keys
