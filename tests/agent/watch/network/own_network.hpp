#pragma once

namespace huxin::test {

/// Moves this process into a network of its own, once, so that no rule of a test meets the
/// machine's traffic. Skips the test without root. Call it before the test starts any thread.
void enter_own_network();

}  // namespace huxin::test
