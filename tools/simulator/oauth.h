// Access and refresh tokens, and the endpoint that gives them out.
#ifndef TOOLS_SIMULATOR_OAUTH_H_
#define TOOLS_SIMULATOR_OAUTH_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::simulator {

// Thread-safe.
class TokenBook {
 public:
  explicit TokenBook(uint64_t seed) : seed_(seed) {}

  // Makes `token` an access token of `company`.
  void AddAccess(const std::string& token, const std::string& company);

  // The company of an access token, or empty when it is unknown, revoked or
  // was used `lifetime_requests` times already (0: no bound). Counts one use.
  std::string UseAccess(const std::string& token, int64_t lifetime_requests);

  struct Pair {
    std::string access;
    std::string refresh;
  };
  // New tokens for `company`.
  Pair Issue(const std::string& company);

  // A new access token for a refresh token. With `rotate` the refresh token is
  // used up and a new one comes back, else the same. Both empty when the
  // refresh token is unknown or revoked.
  Pair Refresh(const std::string& refresh, bool rotate);

  // Marks an authorization code as used. False when it was used before.
  bool UseCode(const std::string& code);

  // Forgets the token, of either kind.
  void Revoke(const std::string& token);

 private:
  struct Access {
    std::string company;
    int64_t uses = 0;
  };

  std::string NewToken(absl::string_view prefix);

  const uint64_t seed_;
  std::mutex mutex_;
  int64_t issued_ = 0;
  std::map<std::string, Access> access_;
  std::map<std::string, std::string> refresh_;  // Token to company.
  std::set<std::string> codes_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_OAUTH_H_
