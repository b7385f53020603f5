#include "agent/work_queue.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

namespace huxin::agent {

TEST_CASE("jobs run in order of arrival on one thread, and a job that throws stops nothing") {
  std::vector<int> ran;
  std::latch done(3);
  WorkQueue queue(1, 8);
  queue.push([&] { ran.push_back(1), done.count_down(); });
  queue.push([&] {
    done.count_down();
    throw std::runtime_error("this job fails");
  });
  queue.push([&] { ran.push_back(3), done.count_down(); });
  done.wait();
  queue.stop();
  CHECK(ran == std::vector{1, 3});
}

TEST_CASE(
    "a full queue makes the one who pushes wait, and stopping lets him go with the job not taken") {
  std::latch running(1);
  std::latch release(1);
  WorkQueue queue(1, 1);
  queue.push([&] {
    running.count_down();
    release.wait();
  });
  running.wait();
  REQUIRE(queue.push([] {}));  // fills the one place

  std::atomic<bool> taken = true;
  std::jthread pusher([&] { taken = queue.push([] {}); });
  std::jthread stopper([&] { queue.stop(); });
  pusher.join();  // only stopping can free it: the running job still waits
  CHECK_FALSE(taken);
  release.count_down();
}

TEST_CASE("what waits when the queue stops is dropped, what runs ends") {
  std::latch running(1);
  std::latch release(1);
  std::atomic<int> ran = 0;
  WorkQueue queue(1, 8);
  queue.push([&] {
    running.count_down();
    release.wait();
    ++ran;
  });
  queue.push([&] { ++ran; });
  running.wait();
  std::jthread stopper([&] { queue.stop(); });
  while (queue.push([] {})) std::this_thread::yield();  // until stopping is seen
  release.count_down();
  stopper.join();
  CHECK(ran == 1);
}

}  // namespace huxin::agent
