#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

/// The command line of the programs: CLI11, compiled once. Its headers alone cost every file that
/// declares a verb eight seconds, so none but this room's sources include them.
///
/// What is declared belongs to the program it hangs from, and is called before parsing, by one
/// thread. What a program's author declares wrongly (two verbs of a name, an excluded option that
/// is not there) throws CLI::Error; what its user types wrongly is told by Program::parse.
namespace huxin::command {

/// One option, flag or positional argument of a verb.
class Option {
 public:
  struct Inside;
  explicit Option(Inside& inside) : inside_(&inside) {}

  /// Without it the command line is wrong.
  Option* required();
  /// The option may not stand beside this one.
  Option* excludes(const Option* other);
  Option* excludes(const std::string& other);
  /// The environment variable that is asked where the option is not given.
  Option* envname(const std::string& name);
  /// The help says what the value is by itself, as it is now.
  Option* capture_default_str();
  /// One value holds several, with this character between them, and is one argument.
  Option* separated_by(char separator);

  // What a value must be; anything else is wrong use.
  Option* existing_file();
  Option* existing_folder();
  Option* one_of(std::initializer_list<const char*> values);
  Option* within(int least, int most);
  Option* within(unsigned least, unsigned most);
  Option* within(double least, double most);

 private:
  Inside* inside_;  ///< of the verb, which outlives it
};

/// One verb of a program, or the program itself: options and further verbs.
class Verb {
 public:
  struct Inside;
  explicit Verb(std::unique_ptr<Inside> inside);
  Verb(const Verb&) = delete;
  Verb& operator=(const Verb&) = delete;
  ~Verb();

  Verb* add_subcommand(const std::string& name, const std::string& about);
  /// `name`: "--limit", or "FILE" for one that stands by its place. Its value goes to `into`, which
  /// outlives parsing. Of the types at the end of verb.cpp; a vector takes any number of values.
  template <class Value>
  Option* add_option(const std::string& name, Value& into, const std::string& about);
  /// Sets `into` where it is given.
  Option* add_flag(const std::string& name, bool& into, const std::string& about);
  /// Exactly so many of the verbs below it must be given.
  void require_subcommand(int count);
  /// What is done when the verb was given and everything parsed.
  void callback(std::function<void()> act);

 protected:
  std::unique_ptr<Inside> inside_;
};

}  // namespace huxin::command
