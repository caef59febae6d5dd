// The one connection of a simulated server.
#ifndef QANTARA_TESTS_SIMULATION_CONNECTION_H_
#define QANTARA_TESTS_SIMULATION_CONNECTION_H_

namespace qantara::simulation {

inline constexpr char kConnection[] = "shop";

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_CONNECTION_H_
