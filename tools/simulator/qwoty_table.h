// All products of one workspace at the simulated Qwoty, in the order in which
// they were added.
#ifndef TOOLS_SIMULATOR_QWOTY_TABLE_H_
#define TOOLS_SIMULATOR_QWOTY_TABLE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

// A product: a parent and its default variant. Answers show the variant.
struct QwotyVariant {
  std::string id;
  std::string parent_id;
  // By the key of the request: "name", "inventory[sku]". What is not set is
  // absent.
  Json values = Json::Object();

  // Milliseconds since 1970. Lists do not show the row before `visible_ms`.
  int64_t created_ms = 0;
  int64_t updated_ms = 0;
  int64_t visible_ms = 0;
};

// A UUID that depends on the arguments and on nothing else.
std::string MakeUuid(uint64_t seed, absl::string_view kind, int64_t number);

// Whether the text has the form of a UUID, in lower or upper case.
bool IsUuid(absl::string_view text);

// Not thread-safe: whoever uses it holds the company's mutex. Pointers to rows
// stay valid until that row is erased.
class QwotyTable {
 public:
  using Rows = std::vector<std::unique_ptr<QwotyVariant>>;

  // Adds a row. Ids that are empty are made from `seed`.
  const QwotyVariant& Insert(uint64_t seed, QwotyVariant variant);

  // Puts `variant` in the place of the row with its id, which must exist.
  void Replace(QwotyVariant variant);

  // False: no such row.
  bool Erase(const std::string& id);
  void Clear();

  // By the id of the variant or of the parent; null pointer when there is none.
  const QwotyVariant* Find(const std::string& id) const;
  bool HasApiName(const std::string& api_name) const;

  const Rows& rows() const { return rows_; }

  // Values of `key` that more than one row has, with the ids of these.
  std::map<std::string, std::vector<std::string>> Repeated(
      absl::string_view key) const;

 private:
  QwotyVariant* FindRow(const std::string& id) const;
  void CountName(const QwotyVariant& row, int change);

  int64_t next_number_ = 1;
  Rows rows_;
  std::unordered_map<std::string, QwotyVariant*> by_id_;  // Of both kinds.
  std::unordered_map<std::string, int> api_names_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_TABLE_H_
