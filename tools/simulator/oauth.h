// Access and refresh tokens that were given out.
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

  // Makes `token` an access token of `company`, for ever.
  void AddAccess(const std::string& token, const std::string& company);
  // Makes `token` a refresh token of `company`.
  void AddRefresh(const std::string& token, const std::string& company);

  // The company of an access token, or empty when it is unknown, revoked, too
  // old at `now_ms`, or was used `lifetime_requests` times already (0: no
  // bound). Counts one use.
  std::string UseAccess(const std::string& token, int64_t lifetime_requests,
                        int64_t now_ms);

  struct Pair {
    std::string access;
    std::string refresh;
  };
  // New tokens for `company`; the access token is good until `expires_ms`.
  Pair Issue(const std::string& company, int64_t expires_ms);

  // A new access token for a refresh token. With `rotate` the refresh token is
  // used up and a new one comes back, else the same. Both empty when the
  // refresh token is unknown or revoked.
  Pair Refresh(const std::string& refresh, bool rotate, int64_t expires_ms);

  // Marks an authorization code as used. False when it was used before.
  bool UseCode(const std::string& code);

  // Forgets the token, of either kind.
  void Revoke(const std::string& token);

 private:
  struct Access {
    std::string company;
    int64_t uses = 0;
    int64_t expires_ms = 0;  // 0: never.
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
