#pragma once
#include <array>
#include <string_view>

/// The keys of each mapping of a policy, as schema/policy.schema.json publishes them too.
namespace huxin::rule::keys {

inline constexpr std::array<std::string_view, 5> kTop{"policy", "inspection", "watch", "profiles",
                                                      "rules"};
inline constexpr std::array<std::string_view, 3> kPolicy{"id", "version", "mode"};
inline constexpr std::array<std::string_view, 5> kInspection{
    "min_confidence", "max_bytes", "deadline", "open_deadline", "fail_closed"};
inline constexpr std::array<std::string_view, 11> kWatch{
    "directories", "guarded",      "exclude", "clipboard", "network", "ports",
    "networks",    "tunnel_hosts", "notify",  "teller",    "discover"};
inline constexpr std::array<std::string_view, 2> kTeller{"processes", "users"};
inline constexpr std::array<std::string_view, 8> kProfile{"id",    "zh",        "en",    "elements",
                                                          "paths", "processes", "sites", "keep"};
inline constexpr std::array<std::string_view, 5> kDiscover{"folders", "exclude", "at", "days",
                                                           "pause_when_busy"};
inline constexpr std::array<std::string_view, 8> kRule{"id",     "zh",       "en",      "when",
                                                       "action", "severity", "domains", "clauses"};
inline constexpr std::array<std::string_view, 20> kWhen{
    "stage",   "channel", "elements",    "level",         "customers", "findings",   "user",
    "process", "path",    "destination", "operation",     "not",       "time",       "coverage",
    "profile", "surplus", "overdue",     "authorisation", "teller",    "institution"};
inline constexpr std::array<std::string_view, 6> kNot{"user",        "process", "path",
                                                      "destination", "teller",  "institution"};
inline constexpr std::array<std::string_view, 3> kTime{"from", "to", "days"};

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

}  // namespace huxin::rule::keys
