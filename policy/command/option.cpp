#include "policy/command/inside.hpp"

namespace huxin::command {

Option* Option::required() {
  inside_->option->required();
  return this;
}

Option* Option::excludes(const Option* other) {
  inside_->option->excludes(other->inside_->option);
  return this;
}

Option* Option::excludes(const std::string& other) {
  inside_->option->excludes(other);
  return this;
}

Option* Option::envname(const std::string& name) {
  inside_->option->envname(name);
  return this;
}

Option* Option::capture_default_str() {
  inside_->option->capture_default_str();
  return this;
}

Option* Option::separated_by(char separator) {
  inside_->option->delimiter(separator)->allow_extra_args(false);
  return this;
}

Option* Option::existing_file() {
  inside_->option->check(CLI::ExistingFile);
  return this;
}

Option* Option::existing_folder() {
  inside_->option->check(CLI::ExistingDirectory);
  return this;
}

Option* Option::one_of(std::initializer_list<const char*> values) {
  inside_->option->check(CLI::IsMember(values));
  return this;
}

Option* Option::within(int least, int most) {
  inside_->option->check(CLI::Range(least, most));
  return this;
}

Option* Option::within(unsigned least, unsigned most) {
  inside_->option->check(CLI::Range(least, most));
  return this;
}

Option* Option::within(double least, double most) {
  inside_->option->check(CLI::Range(least, most));
  return this;
}

}  // namespace huxin::command
